import { REASONS } from "@claw/core/errors";
import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { issueWords } from "../config/issue-words.ts";
import { showLanguage } from "../i18n/i18n.ts";
import { panelError } from "../testing/fake-api.ts";
import { explain, explainError, failureOf, issuesOf } from "./api-error.ts";

test("every reason has a sentence and says what to do", () => {
  for (const reason of REASONS) {
    const { what, fix } = explain(reason, "");
    expect(what, reason).toMatch(/\.$/);
    expect(fix, reason).toMatch(/\.$/);
  }
});

test("an error is told by its reason, with the panel's facts where they matter", () => {
  const taken = panelError("PORT_TAKEN", "Port 18790 is used by nginx.");
  expect(failureOf(taken)).toBe("PORT_TAKEN");
  expect(explainError(taken).detail).toBe("Port 18790 is used by nginx.");
  expect(explainError(panelError("DISK_FULL", "…")).detail).toBeUndefined();
});

test("no words of the panel's own stand alone on the Chinese page", async () => {
  await showLanguage("zh");
  try {
    for (const reason of REASONS) {
      const { what, fix, detail } = explain(reason, "Port 18790 is used by nginx.");
      for (const text of [what, fix, detail ?? what])
        expect(text, reason).toMatch(/^\p{Script=Han}|^Docker/u);
    }
    const issue = { line: 1, column: 1, path: "", message: "nested more than 100 levels deep." };
    expect(issueWords(issue)).toBe("无法解析：nested more than 100 levels deep");
  } finally {
    await showLanguage("en");
  }
});

test("no answer is a matter of the connection; anything else is the panel's", () => {
  expect(failureOf(TRPCClientError.from(new TypeError("Failed to fetch")))).toBe("CONNECTION");
  expect(failureOf(new Error("what?"))).toBe("INTERNAL");
  const unknown = TRPCClientError.from({
    error: { message: "", code: -32603, data: { reason: "OF_A_LATER_VERSION" } },
  });
  expect(failureOf(unknown)).toBe("INTERNAL");
});

test("issues are handed on", () => {
  const issue = { line: 3, column: 5, path: "", message: "invalid character 'x'." };
  expect(issuesOf(panelError("CONFIG_INVALID", "…", [issue]))).toEqual([issue]);
  expect(issuesOf(new Error("none"))).toEqual([]);
});

test("what OpenClaw would not start with is told from what is no JSON5", () => {
  const issue = { line: 3, column: 5, path: "", message: "Unrecognized key: x" };
  const refused = (source: string) => panelError("CONFIG_INVALID", "…", [{ ...issue, source }]);
  expect(failureOf(refused("schema"))).toBe("CONFIG_REFUSED");
  expect(failureOf(refused("image"))).toBe("CONFIG_REFUSED");
  expect(failureOf(refused("panel"))).toBe("CONFIG_MANAGED");
  expect(failureOf(refused("syntax"))).toBe("CONFIG_INVALID");
  expect(failureOf(panelError("CONFIG_INVALID", "…", [issue]))).toBe("CONFIG_INVALID");
  expect(explainError(refused("schema")).what).toBe(
    "OpenClaw would not start with this configuration.",
  );
});
