import { watch } from "node:fs/promises";
import path from "node:path";
import { isRestoreTestId } from "@claw/core/naming";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { DockerEvents, type Moment } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { backupIdOf } from "./support/job-results.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { sampleOf, tellingSeed } from "./support/sample.ts";

/** Also: a folder of this name or beginning came, went or was renamed beside the instances; the job is over. */
type Point = Moment | `folder ${string}` | "the end";

let place: DockerHome;
let panel: PanelProcess;
let backupId: string;
/** When the process of the instance that nobody touches was started. */
let steadyStart: string;
/** Hash of the data in the backup, and of what it would replace. */
let oldData: string;
let newData: string;
const seen = new Set<string>();

const instances = () => panel.client.instances;
const until = (id: string, status: string) =>
  eventually(async () => expect((await instances().get.query({ id })).status).toBe(status), 40_000);
const jobEnded = (id: string) =>
  eventually(async () => {
    const job = await panel.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    return job;
  }, 40_000);

beforeAll(async () => {
  place = await DockerHome.make(23_600, "10.218.6.0/24");
  panel = await PanelProcess.start(place.env);
  for (const id of ["steady", "anna"]) await instances().create.mutate({ id, name: id });
  for (const id of ["steady", "anna"]) await until(id, "running");
  await writeTree(place.home, "anna", "old");
  oldData = await hashTree(place.home, "anna");
  const made = await panel.client.backups.create.mutate({ instanceIds: ["anna"] });
  const ended = await jobEnded(made.id);
  expect(ended.status).toBe("succeeded");
  backupId = backupIdOf(ended);
  await writeTree(place.home, "anna", "new");
  newData = await hashTree(place.home, "anna");
  await until("anna", "running");
  steadyStart = (await place.inspect("steady")).State.StartedAt;
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

/** Kills the panel at `point` of what `act` begins, and starts it again. */
async function killedAt(point: Point, container: string, act: () => Promise<{ id: string }>) {
  await using events = await DockerEvents.open(container);
  const stop = new AbortController();
  const folder = typeof point === "string" && point.startsWith("folder ") ? point.slice(7) : null;
  const happened =
    folder === null
      ? () => events.until(point as Moment)
      : firstChange(path.join(place.home, "instances"), folder, stop.signal);
  const acting = act();
  acting.catch(() => undefined);
  if (point === "the end") await jobEnded((await acting).id);
  else await happened();
  stop.abort();
  await panel.kill();
  panel = await PanelProcess.start(place.env);
}

/** Watches from the call on; what it gives waits for the change. */
function firstChange(folder: string, beginning: string, signal: AbortSignal) {
  const changes = watch(folder, { signal })[Symbol.asyncIterator]();
  const first = (async () => {
    for (;;) {
      const { value, done } = await changes.next();
      if (done || value?.filename?.startsWith(beginning)) return;
    }
  })();
  first.catch(() => undefined);
  return () => first;
}

/** Asserts the invariants after a kill, whether or not the restore took place. */
async function nothingIsHalf(): Promise<void> {
  await until("anna", "running");
  const copies = await panel.client.backups.snapshots.query();
  const hidden = (await place.folders()).filter((name) => name.startsWith("."));
  expect(hidden.filter((name) => !name.startsWith(".kept-"))).toEqual([]);
  expect(hidden.length).toBe(copies.length);
  const { State: state, RestartCount } = await place.inspect("steady");
  expect({ ...state, RestartCount }).toMatchObject({
    Running: true,
    StartedAt: steadyStart,
    RestartCount: 0,
  });
  expect((await place.containers()).filter(isRestoreTestId)).toEqual([]);
  expect((await panel.client.system.status.query()).orphans).toEqual([]);
  const listed = await panel.client.backups.list.query();
  expect(listed.map(({ id }) => id)).toEqual([backupId]);
}

/** The jobs of before are over, and the restores that were cut short are undone. */
async function settled(): Promise<void> {
  const jobs = await panel.client.jobs.list.query();
  expect(jobs.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
}

const POINTS: Point[] = [
  2,
  10,
  25,
  50,
  75,
  100,
  150,
  200,
  250,
  300,
  400,
  500,
  650,
  800,
  1_000,
  "folder .staged-",
  "container kill",
  "container die",
  "container stop",
  "folder .kept-",
  "folder anna",
  "container start",
  1_500,
  2_000,
  3_000,
  "the end",
];

test.each(sampleOf("restore", POINTS, 10))(
  "killed at %s of a restore: the data is wholly old or wholly new, and runs",
  tellingSeed(async (point) => {
    if ((await hashTree(place.home, "anna")) !== newData) {
      // The last one was restored: what it replaced is reverted to.
      const [copy] = await panel.client.backups.snapshots.query();
      const job = await panel.client.backups.revert.mutate({ id: copy?.id ?? "" });
      expect(await jobEnded(job.id)).toMatchObject({ status: "succeeded" });
      expect(await hashTree(place.home, "anna")).toBe(newData);
      for (const { id } of await panel.client.backups.snapshots.query())
        await panel.client.backups.dismissSnapshot.mutate({ id });
    }
    await killedAt(point, "openclaw-anna", () =>
      panel.client.backups.restore.mutate({ id: backupId }),
    );
    await until("anna", "running");
    await eventually(async () => {
      await settled();
      expect([oldData, newData]).toContain(await hashTree(place.home, "anna"));
      await nothingIsHalf();
    }, 40_000);
    seen.add((await hashTree(place.home, "anna")) === newData ? "as before" : "restored");
  }),
);

test("both ends came about, or the kills were not spread", () => {
  expect([...seen].sort()).toEqual(["as before", "restored"]);
});

test("killed while a backup is tried out: nothing of the restore test is left", async () => {
  await panel.client.backups.test.mutate({ id: backupId });
  const isTried = async () => expect((await place.containers()).some(isRestoreTestId)).toBe(true);
  await eventually(isTried, 60_000);
  await panel.kill();
  panel = await PanelProcess.start(place.env);
  await eventually(nothingIsHalf, 40_000);
});
