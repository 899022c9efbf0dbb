import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { DockerEvents, type Moment } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { firstChange } from "./support/first-change.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { sampleOf, tellingSeed } from "./support/sample.ts";

/** Also: something of this beginning came or went in the folder of instances or of backups. */
type Point = Moment | `${"instances" | "backup"}/${string}`;

const RUNNING = ["gerd", "hanna"];

let place: DockerHome;
let panel: PanelProcess;
let data: string[];
const seen = new Set<string>();

const hashes = () => Promise.all([...RUNNING, "ivan"].map((id) => hashTree(place.home, id)));
const backupFolder = () => path.join(place.home, "backup");

beforeAll(async () => {
  place = await DockerHome.make(24_100, "10.218.9.0/24");
  await mkdir(backupFolder(), { recursive: true });
  panel = await PanelProcess.start(place.env);
  for (const id of [...RUNNING, "ivan"]) {
    const { instances } = panel.client;
    await instances.create.mutate({ id, name: id, start: id !== "ivan" });
    await writeTree(place.home, id, "some");
  }
  await asBefore();
  data = await hashes();
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

/** Waits until what ran runs again, and nothing else is there than whole backups, each listed. */
async function asBefore(): Promise<string[]> {
  return eventually(async () => {
    const { instances, backups, jobs } = panel.client;
    for (const id of RUNNING) {
      expect((await instances.get.query({ id })).status, `${id} runs`).toBe("running");
      expect((await place.inspect(id)).State.Running).toBe(true);
    }
    expect((await instances.get.query({ id: "ivan" })).status).toBe("created");
    expect((await place.folders()).filter((name) => name.startsWith("."))).toEqual([]);
    const listed = await backups.list.query();
    expect(listed.map(({ filename }) => filename)).toEqual(await readdir(backupFolder()));
    expect((await jobs.list.query()).filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
    return listed.map(({ id }) => id);
  }, 60_000);
}

/** Begins a backup, kills the panel at `point` of it, and starts it again. */
async function killedAt(point: Point, mode: "rolling" | "at-once"): Promise<string> {
  await using events = await DockerEvents.open("openclaw-gerd");
  const stop = new AbortController();
  const folder = typeof point === "string" ? /^(instances|backup)\/(.*)$/.exec(point) : null;
  const happened =
    folder === null
      ? () => events.until(point as Moment)
      : firstChange(path.join(place.home, folder[1] ?? ""), folder[2] ?? "", stop.signal);
  const job = await panel.client.backups.create.mutate({ mode });
  await happened();
  stop.abort();
  await panel.kill();
  panel = await PanelProcess.start(place.env);
  return job.id;
}

const POINTS: Point[] = [
  1,
  15,
  40,
  80,
  120,
  160,
  200,
  250,
  300,
  350,
  400,
  450,
  500,
  600,
  700,
  850,
  1_000,
  1_200,
  "instances/.copy-",
  "container kill",
  "container die",
  "container stop",
  "container start",
  "backup/",
  "backup/claw-",
];

const MOMENTS = POINTS.map((point, n) => [point, n % 3 === 1 ? "at-once" : "rolling"] as const);

test.each(sampleOf("backup", MOMENTS, 10))(
  "killed at %s of a backup, %s: what ran runs, and no part of it is left",
  tellingSeed(async (point, mode) => {
    const jobId = await killedAt(point, mode);
    const listed = await asBefore();
    const job = await panel.client.jobs.get.query({ id: jobId });
    if (job.status === "failed") expect(job.error?.reason).toBe("INTERRUPTED");
    else expect(job.status).toBe("succeeded");
    expect(await hashes()).toEqual(data);
    for (const id of listed) {
      const { id: verifying } = await panel.client.backups.verify.mutate({ id });
      await eventually(async () => {
        const { status } = await panel.client.jobs.get.query({ id: verifying });
        expect(status).toBe("succeeded");
      }, 20_000);
      await panel.client.backups.remove.mutate({ id });
    }
    seen.add(listed.length > 0 ? "backed up" : "not backed up");
  }),
);

test("most kills came before its end, or they were not spread", () => {
  expect(seen).toContain("not backed up");
});
