import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { restartInstance } from "../src/services/instance/restart-instance.ts";
import { startInstance } from "../src/services/instance/start-instance.ts";
import { stopInstance } from "../src/services/instance/stop-instance.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { olderTemplates } from "./support/older-templates.ts";

const IDS = ["up-a", "up-b", "up-c", "up-d", "up-e"];

let place: DockerHome;
let older: string;
let app: App;

beforeAll(async () => {
  place = await DockerHome.make(24_700, "10.218.31.0/24");
  older = await olderTemplates(await mkdtemp(path.join(tmpdir(), "claw-older-")));
  app = await createApp({ ...config(), templates: older });
  await eventually(() => expect(app.context.runtime.live.board.isReachable()).toBe(true));
  for (const id of IDS) await createInstance(app.context, { id, name: id, start: true });
  await allRun();
});
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
  await rm(older, { recursive: true, force: true });
});

const config = () => readConfig({ ...place.env, CLAW_LOG_LEVEL: "silent" });
const allRun = () =>
  eventually(() => {
    for (const id of IDS) expect(app.context.runtime.live.board.get(id).status).toBe("running");
  }, 60_000);
const runs = async () =>
  Promise.all(
    IDS.map(async (id) => {
      const { Id, State } = await place.inspect(id);
      return [Id, State.StartedAt];
    }),
  );
const pending = () =>
  app.context.runtime.live.board.list().map(({ pendingChange }) => pendingChange);

test("an upgrade of the panel leaves five running containers alone; a restart applies what is pending", async () => {
  const before = await runs();
  expect(pending()).toEqual(IDS.map(() => null));
  await app[Symbol.asyncDispose]();
  app = await createApp(config());
  await allRun();
  await eventually(() => expect(pending()).toEqual(IDS.map(() => "definition")), 10_000);
  expect(await runs()).toEqual(before);

  await restartInstance(app.context, "up-a");
  await allRun();
  expect((await place.inspect("up-a")).HostConfig.PidsLimit).toBe(512);
  expect(pending()).toEqual([null, ...IDS.slice(1).map(() => "definition")]);
  expect((await runs()).slice(1)).toEqual(before.slice(1));
});

test("a network that was pruned while its instance was down is made again by the start", async () => {
  await stopInstance(app.context, "up-b");
  await docker("network", "rm", "openclaw-up-b");
  await startInstance(app.context, "up-b");
  await allRun();
  expect(await place.networks()).toContain("openclaw-up-b");
});
