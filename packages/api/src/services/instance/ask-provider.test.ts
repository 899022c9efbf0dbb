import type { Provider } from "@claw/core/provider";
import { KNOWN_OFFERS } from "@claw/core/provider-offer";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { askProvider } from "./ask-provider.ts";
import { createInstance } from "./create-instance.ts";

const KEY = "sk-very-secret";
const provider: Provider = { choice: "deepseek-api-key", apiKey: KEY };
const [, offer] = KNOWN_OFFERS;
if (!offer) throw new Error("DeepSeek is known.");
const target = { id: "anna", provider, offer };
const never = new AbortController().signal;

async function asked(panel: TestPanel, answer: { exitCode?: number; stdout: string }) {
  panel.engine.exec = (async () => ({ exitCode: 0, stderr: "", ...answer })) as never;
  return askProvider(panel.context, target, never);
}

const probed = (...results: object[]) => JSON.stringify({ auth: { probes: { results } } });

test("a provider is asked beside the gateway that runs, with the key", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  panel.faults.record();
  await askProvider(panel.context, target, never);
  const call = panel.faults.calls.find(({ method }) => method === "engine.exec");
  expect(call?.args[2]).toMatchObject({
    env: { DEEPSEEK_API_KEY: KEY, OPENCLAW_STATE_DIR: "/tmp/claw-ask-provider" },
  });
});

test("a provider answered, did not, or nobody can tell", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  expect(await asked(panel, { stdout: probed({ status: "ok" }) })).toBe(true);
  const noise = "[agent/embedded] transient same-model retry 1/8\n";
  expect(await asked(panel, { stdout: noise + probed({ status: "rate_limit" }) })).toBe(true);
  for (const stdout of ["", "{", probed(), probed({ status: "no_model" })])
    expect(await asked(panel, { stdout })).toBeNull();
  expect(await asked(panel, { exitCode: 2, stdout: "" })).toBeNull();

  const unasked = { status: "unknown", reasonCode: "missing_credential", error: "No credential." };
  expect(await asked(panel, { stdout: probed(unasked) })).toBeNull();
  expect(await asked(panel, { stdout: probed(unasked, { status: "ok" }) })).toBe(true);

  const error = `401 for ${KEY}`;
  const refusal = await rejects(
    asked(panel, { stdout: probed({ status: "auth", error }) }),
    "PROVIDER_REFUSED",
  );
  expect(refusal.message).toContain("does not answer: 401 for ***.");
  // As OpenClaw words an HTTP 500 and a certificate that it does not trust.
  const failed = { status: "unknown", error: "custom/m1 request failed (HTTP 500)." };
  const failure = await rejects(asked(panel, { stdout: probed(failed) }), "PROVIDER_FAILED");
  expect(failure.message).toMatch(/HTTP 500.*the model/);
  const former = {
    status: "unknown",
    error: "Explicit auth order for custom has no usable profiles.",
  };
  expect(await asked(panel, { stdout: probed(former, { status: "ok" }) })).toBe(true);
});

test("a provider of before that refuses its key is neither asked nor heard", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const config = '{ agents: { defaults: { model: { primary: "custom-2/m1" } } } }';
  await panel.context.disk.storage.writeConfig("anna", config);
  const commands: (readonly string[])[] = [];
  const results = [
    { provider: "custom", status: "auth", error: "HTTP 401" },
    { provider: "custom-2", status: "ok" },
  ];
  panel.engine.exec = (async (_id: string, argv: readonly string[]) => {
    commands.push(argv.slice(-2));
    return { exitCode: 0, stdout: probed(...results), stderr: "" };
  }) as never;
  expect(await askProvider(panel.context, target, never)).toBe(true);
  expect(commands).toEqual([["--probe-provider", "custom-2"]]);
});
