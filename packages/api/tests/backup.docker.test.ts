import { appendFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Job } from "@claw/core/job";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { CuttableProxy } from "./support/cuttable-proxy.ts";
import { writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerEvents } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { firstChange } from "./support/first-change.ts";
import { PanelProcess } from "./support/panel-process.ts";

const RUNNING = ["emil", "frida"];

let place: DockerHome;
let proxy: CuttableProxy;
let panel: PanelProcess;

const until = (id: string, status: string, withinMs = 40_000) =>
  eventually(
    async () => expect((await panel.client.instances.get.query({ id })).status).toBe(status),
    withinMs,
  );

beforeAll(async () => {
  place = await DockerHome.make(24_200, "10.218.10.0/24");
  proxy = new CuttableProxy(`${place.home}.sock`);
  await proxy.open();
  panel = await PanelProcess.start({ ...place.env, DOCKER_HOST: `unix://${proxy.path}` });
  for (const id of RUNNING) {
    await panel.client.instances.create.mutate({ id, name: id });
    await writeTree(place.home, id, "some");
  }
  for (const id of RUNNING) await until(id, "running");
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await proxy?.close();
  await place?.[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const { id } of await panel.client.backups.list.query())
    await panel.client.backups.remove.mutate({ id });
});

/** Waits for the end of a job. */
async function ended(
  id: string,
): Promise<Pick<Job, "status" | "error" | "detail"> & { result?: unknown }> {
  return eventually(async () => {
    const job = await panel.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    return job;
  }, 90_000);
}

async function nothingLeft(): Promise<void> {
  await eventually(async () => {
    expect(await panel.client.backups.list.query()).toEqual([]);
    expect(await readdir(path.join(place.home, "backup"))).toEqual([]);
    expect((await place.folders()).filter((name) => name.startsWith("."))).toEqual([]);
  });
  for (const id of RUNNING) await until(id, "running");
}

/** Puts a switch of the stub into an instance's configuration; answers with how to take it out. */
async function withSwitch(id: string, name: string): Promise<() => Promise<void>> {
  const { text, revision } = await panel.client.instances.readConfig.query({ id });
  const saved = await panel.client.instances.saveConfig.mutate({
    id,
    text: `${text}\n// ${name}\n`,
    revision,
  });
  return async () => {
    await panel.client.instances.saveConfig.mutate({ id, text, revision: saved.revision });
    // One that ignores SIGTERM would take its whole grace time.
    await docker("kill", `openclaw-${id}`).catch(() => undefined);
    await panel.client.instances.restart.mutate({ id });
    await until(id, "running");
  };
}

test("instances are stopped, copied and started again, each in the container that it had", async () => {
  const before = await Promise.all(RUNNING.map((id) => place.inspect(id)));
  const { id } = await panel.client.backups.create.mutate({ note: "all" });
  const job = await ended(id);
  expect(job).toMatchObject({ status: "succeeded", result: { notStarted: [] } });
  for (const line of job.detail?.instances ?? []) expect(line.downMs).toBeLessThan(30_000);
  for (const [n, instance] of RUNNING.entries()) {
    await until(instance, "running");
    const now = await place.inspect(instance);
    expect(now.Id).toBe(before[n]?.Id);
    expect(now.State.StartedAt).not.toBe(before[n]?.State.StartedAt);
  }
  expect(await panel.client.backups.list.query()).toMatchObject([
    { instanceCount: 2, note: "all" },
  ]);
});

test("one that ignores SIGTERM is killed after its grace time, never shows an error, and runs again", async () => {
  const undo = await withSwitch("emil", "STUB_IGNORE_TERM");
  await panel.client.instances.restart.mutate({ id: "emil" });
  await until("emil", "running");
  const shown = new Set<string>();
  const watching = panel.client.instances.watch.subscribe(undefined, {
    onData: (event) => {
      if (event.type === "changed" && event.instance.id === "emil")
        shown.add(event.instance.status);
    },
  });
  const { id } = await panel.client.backups.create.mutate({ instanceIds: ["emil"] });
  expect(await ended(id)).toMatchObject({ status: "succeeded", result: { notStarted: [] } });
  watching.unsubscribe();
  expect([...shown].sort()).toEqual(["running", "starting", "stopping"]);
  await undo();
});

test("one that does not come up again is named with its reason; the backup is good", async () => {
  const undo = await withSwitch("emil", "STUB_CRASH");
  const { id } = await panel.client.backups.create.mutate({});
  const message = expect.stringContaining("exit code 1");
  expect(await ended(id)).toMatchObject({
    status: "partial",
    result: {
      notStarted: [{ id: "emil", message }],
      failed: [{ id: "emil", reason: "START_FAILED", message }],
    },
  });
  await until("emil", "error");
  await until("frida", "running");
  expect(await panel.client.backups.list.query()).toMatchObject([
    { instanceCount: 2, fault: null },
  ]);
  await undo();
});

test.each([
  "container die",
  "container start",
] as const)("Docker goes away at %s: the job fails, and what ran runs when it is back", async (moment) => {
  await using events = await DockerEvents.open("openclaw-emil");
  const { id } = await panel.client.backups.create.mutate({ mode: "at-once" });
  await events.until(moment);
  await proxy.close();
  await eventually(async () => {
    const { instances } = await panel.client.system.status.query();
    expect(instances.running).toBe(0);
  });
  await proxy.open();
  const job = await ended(id);
  if (job.status === "failed") {
    expect(job.error?.reason).toBe("ENGINE_UNREACHABLE");
    await nothingLeft();
  } else expect(["succeeded", "partial"]).toContain(job.status);
  for (const instance of RUNNING) await until(instance, "running");
});

test("files that come, go and grow meanwhile do no harm", async () => {
  const folder = path.join(place.home, "instances/frida/data/workspace");
  let busy = true;
  const churning = (async () => {
    for (let n = 0; busy; n++) {
      const file = path.join(folder, `churn-${n % 50}`);
      // However long the backup takes, it is not given gigabytes to pack.
      if (n < 2_000) await appendFile(path.join(folder, "grows"), "x".repeat(10_000));
      if (n % 2) await rm(file, { force: true });
      else await writeFile(file, "y".repeat((n % 2_000) * 10));
    }
  })();
  const { id } = await panel.client.backups.create.mutate({});
  const job = await ended(id);
  busy = false;
  await churning;
  expect(job.status).toBe("succeeded");
  const [backup] = await panel.client.backups.list.query();
  const verifying = await panel.client.backups.verify.mutate({ id: backup?.id ?? "" });
  expect(await ended(verifying.id)).toMatchObject({ status: "succeeded" });
});

test.each([
  "instances/.copy-",
  "backup/",
] as const)("cancelled at %s: nothing is left, and everything runs", async (point) => {
  const [folder, name] = point.split("/") as [string, string];
  const stop = new AbortController();
  const happened = firstChange(path.join(place.home, folder), name, stop.signal);
  const { id } = await panel.client.backups.create.mutate({});
  await happened();
  stop.abort();
  expect(await panel.client.jobs.cancel.mutate({ id })).toMatchObject({ status: "cancelled" });
  await nothingLeft();
});
