import { expect, test } from "vitest";
import { onboardFailure } from "./onboard-failure.ts";

/** As written by OpenClaw 2026.9.6 without network, set up for DeepSeek. */
const NO_PLUGIN = `[openclaw] The CLI command failed.
[openclaw] Reason: Command failed during launch or output capture (ENOENT)
[openclaw] Debug: set OPENCLAW_DEBUG=1 to include the stack trace.
[openclaw] Try: openclaw doctor
[openclaw] Help: openclaw --help`;

test("a plugin that could not be installed is not blamed on the key", () => {
  const { said, advice } = onboardFailure(NO_PLUGIN);
  expect(said).toBe("Command failed during launch or output capture (ENOENT)");
  expect(advice).toContain("installs a plugin for this provider first, and could not");
  expect(advice).not.toMatch(/check the key/i);
});

test.each([
  "Unable to install the Venice AI plugin for non-interactive setup.",
  "Codex runtime is required but unavailable (status: failed). Reason: npm was refused.",
])("another word for it is: %s", (output) => {
  const { said, advice } = onboardFailure(output);
  expect(said).toBe(output);
  expect(advice).toContain("installs a plugin for this provider first, and could not");
});

test("a network that leads nowhere is named, wherever in the output it stands", () => {
  const output =
    "npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org failed\n";
  expect(onboardFailure(output)).toEqual({
    said: "npm error code EAI_AGAIN",
    advice: expect.stringContaining("reached nobody"),
  });
});

test("a refused key is what is to be checked, and is not told", () => {
  const { said, advice } = onboardFailure("401 Unauthorized: invalid key sk-secret", "sk-secret");
  expect(said).toBe("401 Unauthorized: invalid key ***");
  expect(advice).toBe("Check the key, then try again.");
});

test("what is not known is told as it was written", () => {
  expect(onboardFailure("the model is away")).toEqual({
    said: "the model is away",
    advice: "Check the key and the address, then try again.",
  });
  expect(onboardFailure("").said).toBe("it gave no reason");
});
