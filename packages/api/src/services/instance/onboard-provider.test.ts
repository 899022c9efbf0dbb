import type { Provider } from "@claw/core/provider";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import type { ExecResult } from "../../engine/engine.ts";
import { createInstance } from "./create-instance.ts";
import { onboardProvider } from "./onboard-provider.ts";

const KEY = "sk-very-secret";
const provider: Provider = { choice: "deepseek-api-key", apiKey: KEY };
const offer: ProviderOffer = {
  ...{ choice: "deepseek-api-key", label: "DeepSeek", provider: "deepseek" },
  ...{ keyVariable: "DEEPSEEK_API_KEY", plugin: "built-in", addresses: [], models: [] },
};
const DONE: ExecResult = { exitCode: 0, stdout: "", stderr: "" };
/** As OpenClaw 2026.9.6 answers once it has a credential of the provider. */
const SAVED_INACTIVE: ExecResult = {
  exitCode: 1,
  stdout: "",
  stderr:
    "Replacement credential saved but inactive. Test and activate it with:\nopenclaw models auth activate deepseek:setup-1 --agent main\n",
};
const SAVED = ["deepseek:setup-1", "--agent", "main"];

/** An instance that answers each command by `reply`, and the commands without their program. */
async function setUp(reply: (command: string) => ExecResult, chosen: Provider = provider) {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const commands: (readonly string[])[] = [];
  panel.engine.exec = async (_id: string, argv: readonly string[]) => {
    commands.push(argv.slice(1));
    return reply(argv.slice(1).join(" "));
  };
  const onboard = () =>
    onboardProvider(
      panel.context,
      { id: "anna", provider: chosen, offer },
      AbortSignal.timeout(5_000),
    );
  return { panel, commands, onboard };
}

test("the first key is taken without asking the provider", async () => {
  const { panel, commands, onboard } = await setUp(() => DONE);
  await using _ = panel;
  expect(await onboard()).toBe(false);
  expect(commands.map(([command]) => command)).toEqual(["onboard"]);
});

test("a further key is used once OpenClaw has tested it", async () => {
  const { panel, commands, onboard } = await setUp((command) =>
    command.startsWith("onboard") ? SAVED_INACTIVE : DONE,
  );
  await using _ = panel;
  expect(await onboard()).toBe(true);
  expect(commands.slice(1)).toEqual([["models", "auth", "activate", ...SAVED]]);
});

test("a further key that does not work is removed again, and the former one stays", async () => {
  const { panel, commands, onboard } = await setUp((command) => {
    if (command.startsWith("onboard")) return SAVED_INACTIVE;
    return command.includes("activate")
      ? { exitCode: 1, stdout: "", stderr: `HTTP 401 for ${KEY}\n` }
      : DONE;
  });
  await using _ = panel;
  const { message } = await rejects(onboard(), "COMMAND_FAILED");
  expect(message).toBe(
    "OpenClaw did not take the provider deepseek-api-key: HTTP 401 for ***. Check the key, then try again. The former key stays in use.",
  );
  expect(commands.at(-1)).toEqual(["models", "auth", "logout", ...SAVED, "--yes"]);
});

const withModel: Provider = { ...provider, modelId: "deepseek-v4" };

test("a model that was chosen becomes the default", async () => {
  const { panel, commands, onboard } = await setUp(() => DONE, withModel);
  await using _ = panel;
  expect(await onboard()).toBe(false);
  expect(commands.at(-1)).toEqual(["models", "set", "deepseek/deepseek-v4"]);
});

test("with a further key the model is that of the agents to which it was tied", async () => {
  const { panel, commands, onboard } = await setUp(
    (command) => (command.startsWith("onboard") ? SAVED_INACTIVE : DONE),
    withModel,
  );
  await using _ = panel;
  expect(await onboard()).toBe(true);
  expect(commands.at(-1)).toEqual([
    ...["config", "set", "agents.entries.main.model"],
    ...['"deepseek/deepseek-v4@deepseek:setup-1"', "--strict-json"],
  ]);
});

test("a model that OpenClaw does not take is named, with the remedy", async () => {
  const { panel, onboard } = await setUp(
    (command) =>
      command.startsWith("models set")
        ? { exitCode: 1, stdout: "", stderr: "Unknown provider" }
        : DONE,
    withModel,
  );
  await using _ = panel;
  const { message } = await rejects(onboard(), "COMMAND_FAILED");
  expect(message).toContain("did not take the model deepseek/deepseek-v4: Unknown provider.");
});

test("a server of one's own has its model from the onboarding", async () => {
  const own: Provider = { choice: "ollama", baseUrl: "http://10.1.1.1", modelId: "qwen3" };
  const { panel, commands, onboard } = await setUp(() => DONE, own);
  await using _ = panel;
  await onboard();
  expect(commands.map(([command]) => command)).toEqual(["onboard"]);
});

const TIED = `{ agents: { entries: { main: { model: "custom/m1@custom:setup-1" } } } }`;

test("another provider frees the agents that an earlier key had bound", async () => {
  const { panel, commands, onboard } = await setUp(() => DONE);
  await using _ = panel;
  await panel.context.disk.storage.writeConfig("anna", TIED);
  await onboard();
  expect(commands.at(-1)).toEqual(["config", "unset", "agents.entries.main.model"]);
});

test("an agent that stays bound is named, with the remedy", async () => {
  const { panel, onboard } = await setUp((command) =>
    command.startsWith("config unset") ? { exitCode: 1, stdout: "", stderr: "locked" } : DONE,
  );
  await using _ = panel;
  await panel.context.disk.storage.writeConfig("anna", TIED);
  const { message } = await rejects(onboard(), "COMMAND_FAILED");
  expect(message).toContain(
    "the agent main keeps its former model: locked. Remove agents.entries.main.model on the configuration page.",
  );
});
