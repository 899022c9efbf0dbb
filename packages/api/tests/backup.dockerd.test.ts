import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { DockerEvents } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { startDockerd, stopDockerd } from "./support/dockerd.ts";
import { PanelProcess } from "./support/panel-process.ts";

const RUNNING = ["jana", "karl"];

let place: DockerHome;
let panel: PanelProcess;

const hashes = () => Promise.all(RUNNING.map((id) => hashTree(place.home, id)));
const backups = () => panel.client.backups;

beforeAll(async () => {
  place = await DockerHome.make(24_300, "10.218.11.0/24");
  panel = await PanelProcess.start(place.env);
  for (const id of RUNNING) {
    await panel.client.instances.create.mutate({ id, name: id });
    await writeTree(place.home, id, "first");
  }
  await allRun();
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const allRun = () =>
  eventually(async () => {
    for (const id of RUNNING) {
      expect((await panel.client.instances.get.query({ id })).status, id).toBe("running");
      expect((await place.inspect(id)).State.Running).toBe(true);
    }
  }, 60_000);

const ended = (id: string) =>
  eventually(async () => {
    const job = await panel.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    return job;
  }, 90_000);

/**
 * Stops Docker itself as the first instance goes down for what `begin` begins, and starts it again
 * when the panel has seen it. Resolves with the id of the job.
 */
async function stoppedDuring(begin: () => Promise<{ id: string }>): Promise<string> {
  const events = await DockerEvents.open("openclaw-jana");
  const { id } = await begin();
  await events.until("container die");
  await events[Symbol.asyncDispose]();
  await stopDockerd();
  await eventually(async () => {
    expect((await panel.client.system.status.query()).engine.reachable).toBe(false);
  }, 30_000);
  await startDockerd();
  return id;
}

/** Hidden folders beside the instances, except those of snapshots. */
async function leftovers(): Promise<string[]> {
  const hidden = (await place.folders()).filter((name) => name.startsWith("."));
  return hidden.filter((name) => !name.startsWith(".kept-"));
}

test.each([
  "rolling",
  "at-once",
] as const)("Docker is stopped in the middle of a backup, %s: all runs again, and it is whole or not there", async (mode) => {
  const before = await hashes();
  const job = await ended(await stoppedDuring(() => backups().create.mutate({ mode })));
  await allRun();
  expect(await hashes()).toEqual(before);
  await eventually(async () => expect(await leftovers()).toEqual([]));
  const listed = await backups().list.query();
  expect(await readdir(path.join(place.home, "backup"))).toEqual(
    listed.map(({ filename }) => filename),
  );
  // Docker answers for a while as it ends: once all is copied, the backup does not need it.
  if (job.status === "failed") expect(job.error?.reason).toBe("ENGINE_UNREACHABLE");
  // Partly done: all was copied, and could not be started again before Docker was back.
  expect(listed).toHaveLength(["succeeded", "partial"].includes(job.status) ? 1 : 0);
  for (const { id } of listed) {
    expect(await ended((await backups().verify.mutate({ id })).id)).toMatchObject({
      status: "succeeded",
    });
    await backups().remove.mutate({ id });
  }
});

test("Docker is stopped in the middle of a restore: each is wholly old or wholly new, and runs", async () => {
  const made = await ended((await backups().create.mutate({})).id);
  expect(made.status).toBe("succeeded");
  await allRun();
  const old = await hashes();
  for (const id of RUNNING) await writeTree(place.home, id, "second");
  const now = await hashes();
  const [backup] = await backups().list.query();
  const job = await ended(
    await stoppedDuring(() => backups().restore.mutate({ id: backup?.id ?? "" })),
  );
  if (job.status === "failed") expect(job.error?.reason).toBe("ENGINE_UNREACHABLE");
  await allRun();
  await eventually(async () => expect(await leftovers()).toEqual([]));
  const found = await hashes();
  const restored = RUNNING.filter((_, n) => found[n] === old[n]);
  for (const [n, hash] of found.entries()) expect([old[n], now[n]]).toContain(hash);
  if (job.status === "succeeded") expect(restored).toEqual(RUNNING);
  const copies = await backups().snapshots.query();
  expect(copies.map(({ instanceId }) => instanceId).sort()).toEqual(restored);
});
