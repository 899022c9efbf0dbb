import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { listConfigVersions } from "./config-history.ts";
import { createInstance } from "./create-instance.ts";
import { initInstance } from "./init-instance.ts";

const DONE = { exitCode: 0, stdout: "", stderr: "" };
const FAILED = { status: "timeout", error: "LLM request failed: network connection error." };
const UNANSWERED = {
  ...DONE,
  stdout: JSON.stringify({ auth: { probes: { results: [FAILED] } } }),
};
const BEFORE = `{
  // The one that works.
  agents: { defaults: { model: "custom/m1" } },
}
`;
const WITHOUT = `{ agents: { defaults: {} } }\n`;
const ONBOARDED = `{ "agents": { "defaults": { "model": "deepseek/chat" } } }\n`;

/** Initialises an instance that has `before` with a provider that does not answer. */
async function initialise(
  before: string,
  meanwhile: (file: string, panel: TestPanel) => unknown = () => undefined,
) {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const file = path.join(panel.home, "instances/anna/data/openclaw.json");
  await writeFile(file, before);
  panel.engine.exec = async (_id: string, argv: readonly string[]) => {
    if (argv[1] === "onboard") await writeFile(file, ONBOARDED);
    if (argv[1] !== "models") return DONE;
    await meanwhile(file, panel);
    return UNANSWERED;
  };
  const provider = { choice: "deepseek-api-key", apiKey: "sk-1" };
  const init = async () => {
    const { id } = await initInstance(panel.context, { id: "anna", provider });
    const { error } = await panel.context.runtime.jobs.finished(id);
    expect(error?.reason).toBe("PROVIDER_FAILED");
    return error?.message;
  };
  return { panel, init, text: () => readFile(file, "utf8") };
}

test("one that does not answer gives its place back to the one before, with every byte", async () => {
  const { panel, init, text } = await initialise(BEFORE);
  await using _ = panel;
  expect(await init()).toContain("network connection error");
  expect(await text()).toBe(BEFORE);
  const { versions } = await listConfigVersions(panel.context, { id: "anna", limit: 2 });
  expect(versions.map(({ source }) => source)).toEqual(["panel", "initialise"]);
});

test("the error says which provider is the default now", async () => {
  const { panel, init } = await initialise(BEFORE);
  await using _ = panel;
  expect(await init()).toContain(
    "The configuration of before is in place again, with the provider custom.",
  );
});

test("the first one stays, for its key to be corrected", async () => {
  const { panel, init, text } = await initialise(WITHOUT);
  await using _ = panel;
  expect(await init()).not.toContain("of before");
  expect(await text()).toBe(ONBOARDED);
});

test("a text that somebody wrote meanwhile stays, and the error says so", async () => {
  const other = `${ONBOARDED}// mine\n`;
  const { panel, init, text } = await initialise(BEFORE, (file) => writeFile(file, other));
  await using _ = panel;
  expect(await init()).toContain("It is the default now");
  expect(await text()).toBe(other);
});

test("so does one that was written while the former text was made ready", async () => {
  const other = `${ONBOARDED}// mine\n`;
  const { panel, init, text } = await initialise(BEFORE, (file, { faults }) =>
    faults.onNext("storage.readConfig", () => writeFile(file, other), "after"),
  );
  await using _ = panel;
  expect(await init()).toContain("It is the default now");
  expect(await text()).toBe(other);
});

test("a disk that does not take the former text fails nothing else, and the error says so", async () => {
  const { panel, init, text } = await initialise(BEFORE);
  await using _ = panel;
  panel.faults.failNext("storage.writeConfig", new DomainError("DISK_FULL", "It is full."));
  expect(await init()).toContain("It is the default now");
  expect(await text()).toBe(ONBOARDED);
  expect(panel.logged.join("")).toContain("It is full.");
});
