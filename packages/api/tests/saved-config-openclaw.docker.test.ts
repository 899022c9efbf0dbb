import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 240_000;

let place: DockerHome;
let panel: PanelProcess;

const instances = () => panel.client.instances;
const until = (status: string) =>
  eventually(
    async () => expect((await instances().get.query({ id: "anna" })).status).toBe(status),
    PATIENCE_MS,
  );

/** Saves a text as the page does, and waits until it is known to be lost. */
async function lose(text: string, meanwhile: () => Promise<unknown> = async () => undefined) {
  const { revision } = await instances().readConfig.query({ id: "anna" });
  await instances().saveConfig.mutate({ id: "anna", text, revision });
  await meanwhile();
  return eventually(async () => {
    const { lost } = await instances().readConfig.query({ id: "anna" });
    expect(lost).not.toBeNull();
    return lost;
  }, PATIENCE_MS);
}

beforeAll(async () => {
  place = await DockerHome.make(23_950, "10.218.10.0/24");
  panel = await PanelProcess.start({
    ...place.env,
    CLAW_IMAGE: OPENCLAW_IMAGE,
    CLAW_INSTANCE_DOMAIN: "none",
  });
  await instances().create.mutate({ id: "anna", name: "安娜" });
  await until("running");
}, PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("a text that a real gateway skips, or puts another one back for, is told as lost and kept", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  const { text } = await instances().readConfig.query({ id: "anna" });
  // No schema can say that one key excludes another.
  const both = text.replace("tools: {", 'tools: { allow: ["read"], alsoAllow: ["exec"],');
  expect(await lose(both)).toEqual({
    outcome: "skipped",
    complaint: expect.stringMatching(/config reload skipped \(invalid config\).*alsoAllow/),
    text: both,
    isBack: true,
  });
  expect((await instances().readConfig.query({ id: "anna" })).text).toBe(text);
  const { revision } = await instances().readConfig.query({ id: "anna" });
  await instances().saveConfig.mutate({ id: "anna", text, revision });

  // After two writes of its own the gateway has a backup, which it prefers to a much shorter text.
  for (const seconds of ["777", "778"]) {
    const argv = ["config", "set", "agents.defaults.timeoutSeconds", seconds, "--strict-json"];
    await docker("exec", "openclaw-anna", "openclaw", ...argv);
  }
  await instances().stop.mutate({ id: "anna" });
  const short = '{ /* mine */ gateway: { mode: "local", auth: { mode: "token", token: "t" } } }';
  const lost = await lose(short, () => instances().start.mutate({ id: "anna" }));
  expect(lost).toMatchObject({ outcome: "replaced", text: short });
});

test("broken behind the panel's back, it runs again by the last version with which it came up", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  const history = () => instances().configHistory.query({ id: "anna" });
  await until("running");
  const [putBack, saved] = (await history()).versions;
  expect(putBack).toMatchObject({ source: "openclaw", by: null, current: true });
  expect(saved).toMatchObject({ source: "editor", by: "admin", healthy: false });
  await instances().restart.mutate({ id: "anna" });
  await eventually(
    async () => expect((await history()).lastHealthy?.version).toBe(putBack?.version),
    PATIENCE_MS,
  );
  const { text: good } = await instances().readConfig.query({ id: "anna" });
  const file = path.join(place.home, "instances/anna/data/openclaw.json");
  await writeFile(file, good.replace("{", '{ "frobnicate": true,'));
  await instances().restart.mutate({ id: "anna" });
  await until("error");
  const { versions, lastHealthy } = await history();
  expect(versions[0]).toMatchObject({ source: "openclaw", current: true, healthy: false });
  const version = lastHealthy?.version ?? 0;
  await instances().restoreConfig.mutate({ id: "anna", version });
  await instances().restart.mutate({ id: "anna" });
  await until("running");
  expect((await instances().readConfig.query({ id: "anna" })).text).toBe(good);
  expect((await history()).versions[0]).toMatchObject({ source: "restore", by: "admin" });
});

test("a text from before OpenClaw wrote the file comes back, with its comments, and stays", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  const { text: first } = await instances().configVersion.query({ id: "anna", version: 1 });
  expect(first).toContain("//");
  expect(first).not.toContain("meta");
  await instances().restoreConfig.mutate({ id: "anna", version: 1 });
  const { text: restored } = await instances().readConfig.query({ id: "anna" });
  await instances().restart.mutate({ id: "anna" });
  await until("running");
  expect((await instances().readConfig.query({ id: "anna" })).text).toBe(restored);
  expect(restored.replace(/, "meta": \{.*\}/, "")).toBe(first);
});
