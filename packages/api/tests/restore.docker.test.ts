import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isRestoreTestId } from "@claw/core/naming";
import { readToken } from "@claw/core/openclaw-config";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { backupIdOf } from "./support/job-results.ts";
import { PanelProcess } from "./support/panel-process.ts";

let place: DockerHome;
let panel: PanelProcess;

const instances = () => panel.client.instances;
const backups = () => panel.client.backups;
const configFile = () => path.join(place.home, "instances/anna/data/openclaw.json");
const until = (id: string, status: string) =>
  eventually(async () => expect((await instances().get.query({ id })).status).toBe(status), 40_000);
const ended = (job: { id: string }) =>
  eventually(async () => {
    const now = await panel.client.jobs.get.query({ id: job.id });
    expect(now.finishedAt).not.toBeNull();
    return now;
  }, 60_000);

const backUp = async () => ended(await backups().create.mutate({}));

async function backUpWell(): Promise<string> {
  const job = await backUp();
  expect(job).toMatchObject({ status: "succeeded", error: null });
  return backupIdOf(job);
}

beforeAll(async () => {
  place = await DockerHome.make(23_700, "10.218.7.0/24");
  panel = await PanelProcess.start(place.env);
  await instances().create.mutate({ id: "anna", name: "安娜" });
  await until("anna", "running");
  await writeTree(place.home, "anna", "old");
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test.each([
  "STUB_INVALID",
  "STUB_CRASH",
])("what does not come up (%s) is swapped back", async (fault) => {
  const text = await readFile(configFile(), "utf8");
  await writeFile(configFile(), `// ${fault}\n${text}`);
  // A backup brings up again what ran, and this configuration does not come up.
  const backup = await backUp();
  await writeFile(configFile(), text);
  expect(backup).toMatchObject({
    status: "partial",
    error: null,
    result: { failed: [{ id: "anna", reason: "START_FAILED" }] },
  });
  const id = backupIdOf(backup);
  await instances().restart.mutate({ id: "anna" });
  await until("anna", "running");
  await writeTree(place.home, "anna", "new");
  const before = await hashTree(place.home, "anna");
  const job = await ended(await backups().restore.mutate({ id }));
  expect(job).toMatchObject({ status: "failed", error: { reason: "START_FAILED" } });
  expect(job.error?.message).toContain(fault === "STUB_INVALID" ? "exit code 78" : "exit code 1");
  await until("anna", "running");
  expect(await hashTree(place.home, "anna")).toBe(before);
  expect(await readFile(configFile(), "utf8")).toBe(text);
  expect((await place.folders()).filter((name) => name.startsWith("."))).toEqual([]);
  expect(await backups().snapshots.query()).toEqual([]);

  const trial = await ended(await backups().test.mutate({ id }));
  expect(trial.result).toMatchObject({ instanceId: "anna", healthy: false });
  expect((await backups().get.query({ id })).provenAt).toBeNull();
  await backups().remove.mutate({ id });
});

test("a copy runs beside its original, with port and token of its own", async () => {
  const id = await backUpWell();
  const copies = [{ from: "anna", id: "anna-2", name: "二号" }];
  expect((await backups().plan.query({ id, copies })).instances).toMatchObject([
    { id: "anna-2", action: "copy", port: null },
  ]);
  const job = await ended(await backups().restore.mutate({ id, copies }));
  expect(job).toMatchObject({ status: "succeeded", error: null });
  for (const each of ["anna", "anna-2"]) await until(each, "running");
  const [original, copy] = await Promise.all(
    ["anna", "anna-2"].map((each) => instances().readConfig.query({ id: each })),
  );
  expect(readToken(copy?.text ?? "")).not.toBe(readToken(original?.text ?? ""));
  expect(await hashTree(place.home, "anna-2")).toBe(await hashTree(place.home, "anna"));
  const { port } = await instances().get.query({ id: "anna-2" });
  expect(copy?.text).toContain(`http://localhost:${port}`);
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toMatchObject({
    ok: true,
  });
  await instances().remove.mutate({ id: "anna-2", deleteData: true });
  await backups().remove.mutate({ id });
});

test("a restore test has no network and no port, is seen nowhere, and nothing of it is left", async () => {
  const id = await backUpWell();
  const ids = (await instances().list.query()).map((each) => each.id);
  const job = await backups().test.mutate({ id });
  const trial = await eventually(async () => {
    const found = (await place.containers()).find(isRestoreTestId);
    expect(found).toBeDefined();
    return found as string;
  }, 60_000);
  const { HostConfig, NetworkSettings } = await place.inspect(trial);
  expect(HostConfig.NetworkMode).toBe("none");
  expect(HostConfig.PortBindings).toEqual({});
  expect(Object.keys(NetworkSettings.Networks)).toEqual(["none"]);
  expect(HostConfig).toMatchObject({ CapDrop: ["ALL"], PidsLimit: 512 });
  expect((await instances().list.query()).map((each) => each.id)).toEqual(ids);
  expect((await panel.client.system.status.query()).orphans).toEqual([]);
  const { result, status } = await ended(job);
  expect({ result, status }).toMatchObject({
    status: "succeeded",
    result: { instanceId: "anna", healthy: true, message: null },
  });
  expect((await backups().get.query({ id })).provenAt).not.toBeNull();
  expect((await place.containers()).filter(isRestoreTestId)).toEqual([]);
  expect(await place.networks()).toEqual(["openclaw-anna"]);
  expect((await place.folders()).filter((name) => name.startsWith("."))).toEqual([]);
  expect(await docker("ps", "-aq", "--filter", `name=${trial}`)).toBe("");
});
