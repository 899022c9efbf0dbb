import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { chanceOf } from "../support/chance.ts";
import { DockerHome } from "../support/docker-home.ts";
import { FAULTS, refusal, type Scene } from "./faults.ts";
import { FaultyDocker } from "./faulty-docker.ts";
import { Fleet } from "./fleet.ts";
import { Witness } from "./witness.ts";

const setting = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const MINUTES = setting("CLAW_SOAK_MINUTES", 60);
const INSTANCES = setting("CLAW_SOAK_INSTANCES", 50);
const SEED = setting("CLAW_SOAK_SEED", Date.now() % 1_000_000);
/** Whatever Docker did: so long after it works again everything that should run does. */
const OWED_MS = 60_000;
/** Of so many in each round, at most, a backup is made, or one of them restarted. */
const AT_WORK = 4;
const JOB_MS = 5 * 60_000;
/** Memory may rise by so much, of so many MB, over the panel's last life. */
const GROWTH = 1.25;
/** A first start of so many takes its time: two at once. */
const SETUP_MS = 60_000 + INSTANCES * 6_000;

test(
  `${INSTANCES} instances in ${MINUTES} minutes of faults (seed ${SEED})`,
  async () => {
    await using place = await DockerHome.make(24_600, "10.220.0.0/22");
    await using docker = await FaultyDocker.open();
    const env = { ...place.env, DOCKER_HOST: `unix://${docker.path}` };
    await using fleet = await Fleet.open(place, env);
    const ids = await fleet.create(INSTANCES);
    await allRun(fleet, SETUP_MS);
    const watching = new AbortController();
    const witness = new Witness(fleet, docker);
    const watched = witness.watch(watching.signal);
    watched.catch(() => undefined); // it is awaited below, after what may end earlier
    const surroundings = { client: () => fleet.panel.client, docker, home: place.home };
    const story = await soak(
      { ...surroundings, ids, chance: chanceOf(SEED) },
      fleet,
      witness,
    ).finally(() => watching.abort());
    await watched;
    const memory = witness.growth();
    say(JSON.stringify({ ...story, memory, lies: witness.lies.length }, null, 2));
    expect(witness.lies).toEqual([]);
    expect(memory.after).toBeLessThan(memory.before * GROWTH);
  },
  (MINUTES + 30) * 60_000 + SETUP_MS,
);

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Story {
  rounds: number;
  faults: Record<string, number>;
  panel: Record<"killed" | "ended", number>;
  /** Longest time until all ran again after Docker worked, or after the work was over. */
  longestOwedMs: number;
}

/** Fault after fault, each beside some work. */
async function soak(all: Scene, fleet: Fleet, witness: Witness): Promise<Story> {
  const { chance } = all;
  const end = performance.now() + MINUTES * 60_000;
  const story: Story = { rounds: 0, faults: {}, panel: { killed: 0, ended: 0 }, longestOwedMs: 0 };
  while (performance.now() < end) {
    const name = chance.one(Object.keys(FAULTS));
    const scene = { ...all, ids: Array.from({ length: AT_WORK }, () => chance.one(all.ids)) };
    // Before the fault or in it.
    const early = chance.whole(0, 1) === 0 ? await beginWork(scene) : null;
    const cure = await FAULTS[name]?.(scene);
    const work = early ?? (await beginWork(scene));
    const lasts = chance.whole(2, 20);
    await delay(lasts * 1_000);
    // In the second half the panel lives on, so that its memory can be seen.
    const restarts = performance.now() < end - MINUTES * 30_000 && chance.whole(1, 5) === 1;
    const how = restarts ? chance.one(["killed", "ended"] as const) : null;
    if (how !== null) {
      await fleet.restart(how);
      witness.forgetMemory();
      story.panel[how]++;
    }
    await cure?.();
    const first = await allRun(fleet, OWED_MS);
    const outcome = work.jobId === null ? "" : await endOf(work.jobId, fleet);
    const took = [first, await allRun(fleet, OWED_MS)];
    story.rounds++;
    story.faults[name] = (story.faults[name] ?? 0) + 1;
    story.longestOwedMs = Math.round(Math.max(story.longestOwedMs, ...took));
    const seconds = took.map((ms) => (ms / 1_000).toFixed(1)).join(" s, and after the work ");
    say(
      `${story.rounds}. ${name} for ${lasts} s${how ? `, the panel ${how}` : ""}; ${work.what} ${outcome}; all ran again after ${seconds} s`,
    );
  }
  return story;
}

interface Work {
  what: string;
  jobId: string | null;
}

/** A backup of them, or a restart of one. */
async function beginWork({ client, ids, chance }: Scene): Promise<Work> {
  const { backups, instances } = client();
  const id = chance.one(ids);
  const instanceIds = [...new Set(ids)];
  const mode = chance.one(["rolling", "at-once"] as const);
  const restarts = chance.whole(1, 3) === 1;
  const what = restarts ? "restart" : `backup ${mode}`;
  try {
    if (!restarts) return { what, jobId: (await backups.create.mutate({ instanceIds, mode })).id };
    await instances.restart.mutate({ id });
    return { what, jobId: null };
  } catch (error) {
    return { what: `${what} refused (${refusal(error)})`, jobId: null };
  }
}

const Success = z.object({ backupId: z.string(), notStarted: z.array(z.unknown()) });

/** How a job ended. One that calls itself a success has made all that it was asked for. */
async function endOf(id: string, fleet: Fleet): Promise<string> {
  const { jobs, backups } = fleet.panel.client;
  const end = performance.now() + JOB_MS;
  for (;;) {
    const { kind, status, step, result, instanceIds, finishedAt } = await jobs.get.query({ id });
    if (status === "succeeded") {
      const { backupId, notStarted } = Success.parse(result);
      const { instances } = await backups.get.query({ id: backupId });
      expect(notStarted, "what says that it succeeded").toEqual([]);
      expect(instances.map((each) => each.id).sort()).toEqual([...(instanceIds ?? [])].sort());
    }
    if (finishedAt !== null) return `${kind} ${status}`;
    expect(performance.now(), `${kind} does not end: ${step}`).toBeLessThan(end);
    await delay(500);
  }
}

/** Waits until all run, by what Docker says and by what the panel says; resolves with how long that took. */
async function allRun(fleet: Fleet, withinMs: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const runs = await fleet.running();
    const missing = (await fleet.list()).filter(
      ({ id, status }) => !runs.has(id) || status !== "running",
    );
    const took = performance.now() - begun;
    if (missing.length === 0) return took;
    const why = missing.map(({ id, status, statusReason }) => `${id}: ${status}, ${statusReason}`);
    expect(took, `not up in time: ${why.join("; ")}`).toBeLessThan(withinMs);
    await delay(250);
  }
}
