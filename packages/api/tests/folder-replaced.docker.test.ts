import { execFile } from "node:child_process";
import { rename } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const run = promisify(execFile);

let place: DockerHome;
let panel: PanelProcess;

beforeAll(async () => {
  place = await DockerHome.make(24_800, "10.218.32.0/24");
  panel = await PanelProcess.start(place.env);
  await panel.client.instances.create.mutate({ id: "moved", name: "moved" });
  await shows({ status: "running", statusReason: null });
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const shows = (what: object, withinMs = 30_000) =>
  eventually(
    async () => expect(await panel.client.instances.get.query({ id: "moved" })).toMatchObject(what),
    withinMs,
  );

test("a data folder that is replaced behind a running container is told, and a restart mends it", async () => {
  const data = path.join(place.home, "instances/moved/data");
  const config = async () => {
    const { text, revision } = await panel.client.instances.readConfig.query({ id: "moved" });
    return { id: "moved", text: text.replace("{", "{ // MARK\n"), revision };
  };
  const inside = () =>
    docker("exec", "openclaw-moved", "cat", "/home/node/.openclaw/openclaw.json");

  await rename(data, `${data}.before`);
  // With the owners of all in it.
  await run("cp", ["-a", `${data}.before`, data]);
  await shows({ status: "error", statusDetail: { code: "FOLDER_REPLACED" } }, 45_000);
  await expect(panel.client.instances.saveConfig.mutate(await config())).rejects.toMatchObject({
    data: { reason: "FOLDER_REPLACED" },
  });
  expect(await inside()).not.toContain("MARK");

  await panel.client.instances.restart.mutate({ id: "moved" });
  await shows({ status: "running", statusReason: null });
  await panel.client.instances.saveConfig.mutate(await config());
  expect(await inside()).toContain("MARK");
});
