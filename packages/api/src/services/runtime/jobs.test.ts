import { DomainError } from "@claw/core/errors";
import type { Job, JobEvent } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { jobOf } from "../../../tests/support/specs.ts";
import { createTestPanel, homeOfTest } from "../../../tests/support/test-app.ts";
import type { JobHandle } from "./job-run.ts";
import type { Jobs } from "./jobs.ts";

/** The result of an initialisation. */
const MADE = { provider: null, answered: null, url: "http://localhost/" };

/** A job whose work a test ends. */
async function begin(jobs: Jobs, instanceId: string | null = "anna", kind: Job["kind"] = "init") {
  const work = Promise.withResolvers<Job["result"]>();
  const started = Promise.withResolvers<JobHandle>();
  const job = await jobs.begin({
    kind,
    instanceId,
    work: (handle) => {
      started.resolve(handle);
      handle.signal.addEventListener("abort", () => work.reject(handle.signal.reason));
      return work.promise;
    },
  });
  return { job, handle: await started.promise, succeed: work.resolve, fail: work.reject };
}

/** Everything a viewer is told until `holds` is true of an event. */
async function watchUntil(jobs: Jobs, holds: (event: JobEvent) => boolean): Promise<JobEvent[]> {
  const seen: JobEvent[] = [];
  for await (const event of jobs.watch(AbortSignal.timeout(5_000))) {
    seen.push(event);
    if (holds(event)) return seen;
  }
  throw new Error(`it did not come: ${JSON.stringify(seen)}`);
}

const ended = (event: JobEvent) => event.type === "changed" && event.job.finishedAt !== null;

describe("a job", () => {
  test("answers at once, tells how far it is, and keeps what it made", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle, succeed } = await begin(jobs);
    expect(job).toMatchObject({
      kind: "init",
      instanceId: "anna",
      status: "running",
      progress: 0,
      error: null,
      result: null,
      finishedAt: null,
    });
    expect(job.startedAt).toBe(job.createdAt);
    handle.report(0.4, "init.ready");
    expect(await jobs.get(job.id)).toMatchObject({ progress: 0.4, step: "init.ready" });
    expect(jobs.running("init")).toMatchObject({ id: job.id, progress: 0.4 });
    succeed(MADE);
    expect(await jobs.finished(job.id)).toMatchObject({
      status: "succeeded",
      progress: 1,
      result: MADE,
      error: null,
      finishedAt: expect.stringMatching(/Z$/),
    });
    expect(jobs.running("init")).toBeNull();
    expect(await panel.context.store.findJob(job.id)).toEqual(await jobs.get(job.id));
  });

  test("keeps a log of its steps and of what it was told, also after its end", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle, fail } = await begin(jobs);
    handle.report(0.1, "init.ready");
    handle.report(0.2, "init.ready");
    handle.note("a line of a program");
    const texts = async () => (await jobs.log(job.id)).map((line) => line.text);
    expect(await texts()).toEqual(["init.ready", "a line of a program"]);
    fail(new DomainError("COMMAND_FAILED", "It did not work."));
    await jobs.finished(job.id);
    expect(await texts()).toEqual(["init.ready", "a line of a program", "It did not work."]);
    await expect(jobs.log("nobody")).rejects.toMatchObject({ reason: "JOB_NOT_FOUND" });
  });

  test("goes forward only, and never beyond its end", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle, succeed } = await begin(jobs);
    const steps = [];
    for (const progress of [0.5, 0.2, -1, 7]) {
      handle.report(progress, "init.ready");
      steps.push((await jobs.get(job.id)).progress);
    }
    expect(steps).toEqual([0.5, 0.5, 0.5, 1]);
    succeed(null);
    await jobs.finished(job.id);
  });

  test("fails with its reason and its sentence", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, fail } = await begin(jobs);
    fail(new DomainError("START_FAILED", "It did not come up."));
    expect(await jobs.finished(job.id)).toMatchObject({
      status: "failed",
      error: { reason: "START_FAILED", message: "It did not come up." },
      result: null,
    });
    expect(panel.logged.join("")).not.toContain("job failed");
  });

  test("that fails in a way nobody thought of says so in the log", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, fail } = await begin(jobs);
    fail(new TypeError("x is not a function"));
    expect((await jobs.finished(job.id)).error?.reason).toBe("INTERNAL");
    expect(panel.logged.join("")).toContain("x is not a function");
  });

  test("is one of its kind for an instance", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const first = await begin(jobs);
    await expect(begin(jobs)).rejects.toMatchObject({ reason: "BUSY" });
    const other = await begin(jobs, "ben");
    const image = await begin(jobs, null, "image");
    for (const each of [first, other, image]) {
      each.succeed(null);
      await jobs.finished(each.job.id);
    }
    const again = await begin(jobs);
    again.succeed(null);
    await jobs.finished(again.job.id);
  });

  test("of a kind that does not go with it keeps it from beginning", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const backup = await begin(jobs, null, "backup");
    const restore = { kind: "restore", instanceId: "anna", work: async () => null } as const;
    await expect(
      jobs.begin({ ...restore, notBeside: ["backup", "restore"] }),
    ).rejects.toMatchObject({ reason: "BUSY", message: expect.stringContaining("backup") });
    const verify = await begin(jobs, null, "verify");
    for (const each of [backup, verify]) {
      each.succeed(null);
      await jobs.finished(each.job.id);
    }
    const { id } = await jobs.begin({ ...restore, notBeside: ["backup", "restore"] });
    expect(await jobs.finished(id)).toMatchObject({ status: "succeeded" });
  });

  test("is unknown by another id", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    for (const call of [jobs.get, jobs.cancel, jobs.begun, jobs.finished])
      await expect(call("x")).rejects.toMatchObject({ reason: "JOB_NOT_FOUND" });
  });
});

describe("jobs that are in each other's way", () => {
  /** A backup of this user's whose work a test ends; it never runs beside another. */
  async function ask(jobs: Jobs, begunBy: string) {
    const work = Promise.withResolvers<null>();
    const job = await jobs.begin({
      kind: "backup",
      instanceId: null,
      begunBy,
      notBeside: ["backup", "restore"],
      inTurn: true,
      work: ({ signal }) => {
        signal.addEventListener("abort", () => work.reject(signal.reason));
        return work.promise;
      },
    });
    const end = async () => {
      work.resolve(null);
      return jobs.finished(job.id);
    };
    return { id: job.id, job, end, now: async () => (await jobs.get(job.id)).status };
  }

  test("wait for their turn, one of each user, in the order in which they came", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const mina = await ask(jobs, "mina");
    const omar = await ask(jobs, "omar");
    const pia = await ask(jobs, "pia");
    expect([mina, omar, pia].map(({ job }) => [job.status, job.startedAt !== null])).toEqual([
      ["running", true],
      ["queued", false],
      ["queued", false],
    ]);
    for (let time = 0; time < 20; time++) {
      const refused = ask(jobs, "mina");
      await expect(refused).rejects.toMatchObject({ reason: "BUSY" });
      await expect(refused).rejects.toThrow(/the limit is 1 at a time for each user/);
    }
    expect(await mina.end()).toMatchObject({ status: "succeeded" });
    // A second request queues behind those already waiting.
    const again = await ask(jobs, "mina");
    await settled();
    expect(await Promise.all([omar, pia, again].map((each) => each.now()))).toEqual([
      "running",
      "queued",
      "queued",
    ]);
    expect(await jobs.get(omar.id)).toMatchObject({ startedAt: expect.any(String) });
    await omar.end();
    await settled();
    expect(await Promise.all([pia, again].map((each) => each.now()))).toEqual([
      "running",
      "queued",
    ]);
    await pia.end();
    expect(await again.end()).toMatchObject({ status: "succeeded" });
  });

  test("can be cancelled while they wait, and hold up nobody then", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const mina = await ask(jobs, "mina");
    const omar = await ask(jobs, "omar");
    const pia = await ask(jobs, "pia");
    expect(await jobs.cancel(omar.id)).toMatchObject({ status: "cancelled", startedAt: null });
    expect(await mina.now()).toBe("running");
    await jobs.begun(omar.id);
    let isPiasTurn = false;
    const turn = jobs.begun(pia.id).then(() => {
      isPiasTurn = true;
    });
    await settled();
    expect(isPiasTurn).toBe(false);
    await mina.end();
    await turn;
    await settled();
    expect(await pia.now()).toBe("running");
    await pia.end();
    expect(await panel.context.store.findJob(omar.id)).toMatchObject({ status: "cancelled" });
  });

  test("are asked again when their turn comes, and what is refused then holds up nobody", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const mina = await ask(jobs, "mina");
    const worked: string[] = [];
    const inTurn = { kind: "backup", instanceId: null, inTurn: true } as const;
    const refused = await jobs.begin({
      ...{ ...inTurn, begunBy: "omar" },
      mayBegin: async () => {
        throw new DomainError("FORBIDDEN", "No more.");
      },
      work: async () => {
        worked.push("omar");
        return null;
      },
    });
    const pia = await jobs.begin({
      ...{ ...inTurn, begunBy: "pia", mayBegin: async () => {} },
      work: async () => {
        worked.push("pia");
        return null;
      },
    });
    await mina.end();
    await jobs.begun(refused.id);
    expect(await jobs.get(refused.id)).toMatchObject({
      ...{ status: "failed", startedAt: null, finishedAt: expect.any(String) },
      error: { reason: "FORBIDDEN", message: "No more." },
    });
    expect(await jobs.finished(pia.id)).toMatchObject({ status: "succeeded" });
    expect(worked).toEqual(["pia"]);
  });

  test("end with the panel, also those that wait", async () => {
    const home = await homeOfTest();
    const ids: string[] = [];
    {
      await using panel = await createTestPanel({ home });
      for (const user of ["mina", "omar"])
        ids.push((await ask(panel.context.runtime.jobs, user)).id);
    }
    await using panel = await createTestPanel({ home });
    for (const id of ids)
      expect(await panel.context.runtime.jobs.get(id)).toMatchObject({ status: "cancelled" });
  });
});

describe("cancelling", () => {
  test("ends the work and says so", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle } = await begin(jobs);
    expect(await jobs.cancel(job.id)).toMatchObject({
      status: "cancelled",
      error: null,
      finishedAt: expect.any(String),
    });
    expect(handle.signal.aborted).toBe(true);
    await expect(jobs.cancel(job.id)).rejects.toMatchObject({ reason: "JOB_FINISHED" });
  });

  test("does not take back what was made meanwhile", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const job = await jobs.begin({
      kind: "init",
      instanceId: null,
      work: async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        return MADE;
      },
    });
    expect(await jobs.cancel(job.id)).toMatchObject({ status: "succeeded", result: MADE });
  });

  test("happens to all jobs when the panel ends, and is recorded", async () => {
    const home = await homeOfTest();
    let id: string;
    {
      await using panel = await createTestPanel({ home });
      id = (await begin(panel.context.runtime.jobs)).job.id;
    }
    await using panel = await createTestPanel({ home });
    expect(await panel.context.runtime.jobs.get(id)).toMatchObject({ status: "cancelled" });
  });
});

describe("a viewer", () => {
  test("is given all jobs first, then each step, and at last the end", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle, succeed } = await begin(jobs);
    const watching = watchUntil(jobs, ended);
    await settled();
    handle.report(0.5, "init.ask");
    await settled();
    succeed(MADE);
    const events = await watching;
    expect(events[0]).toMatchObject({ type: "snapshot", jobs: [{ id: job.id, progress: 0 }] });
    expect(events[1]).toMatchObject({ type: "changed", job: { progress: 0.5, step: "init.ask" } });
    expect(events.at(-1)).toMatchObject({
      type: "changed",
      job: { status: "succeeded", progress: 1, result: MADE },
    });
  });

  test("sees the end also while its record is being written", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, succeed } = await begin(jobs);
    const writing = panel.faults.pauseNext("store.saveJob");
    const watching = watchUntil(jobs, ended);
    await settled();
    succeed(MADE);
    await writing.reached;
    expect((await watching).at(-1)).toMatchObject({ job: { status: "succeeded" } });
    expect((await jobs.list())[0]).toMatchObject({ id: job.id, status: "succeeded" });
    writing.resume();
    await jobs.finished(job.id);
  });

  test("that is slow gets the latest step", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, handle, succeed } = await begin(jobs);
    const events = jobs.watch(AbortSignal.timeout(5_000))[Symbol.asyncIterator]();
    await events.next();
    for (let step = 1; step <= 1_000; step++) handle.report(step / 2_000, "init.ready");
    expect((await events.next()).value).toMatchObject({ job: { progress: 0.5 } });
    await events.return?.();
    succeed(null);
    await jobs.finished(job.id);
  });
});

describe("the record", () => {
  test("is written when the job begins and ends, and seldom between", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    panel.faults.record();
    const { job, handle, succeed } = await begin(jobs);
    for (let step = 0; step < 100; step++) {
      panel.host.advance(10);
      handle.report(step / 100, "init.ready");
    }
    succeed(null);
    await jobs.finished(job.id);
    const saves = panel.faults.calls.filter(({ method }) => method === "store.saveJob").length;
    expect(saves).toBeGreaterThanOrEqual(3);
    expect(saves).toBeLessThanOrEqual(6);
  });

  test("that cannot be written keeps the job from beginning", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    panel.faults.failNext("store.saveJob", new DomainError("DISK_FULL", "The disk is full."));
    await expect(begin(jobs)).rejects.toMatchObject({ reason: "DISK_FULL" });
    const { job, succeed } = await begin(jobs);
    succeed(null);
    await jobs.finished(job.id);
  });

  test("that cannot be written at the end leaves the job ended, and room for another", async () => {
    await using panel = await createTestPanel();
    const { jobs } = panel.context.runtime;
    const { job, succeed } = await begin(jobs);
    panel.faults.failNext("store.saveJob", new DomainError("DISK_FULL", "The disk is full."));
    succeed(MADE);
    expect(await jobs.finished(job.id)).toMatchObject({ status: "succeeded", result: MADE });
    expect((await jobs.list())[0]).toMatchObject({ status: "succeeded" });
    expect(jobs.running("init")).toBeNull();
    await expect(jobs.cancel(job.id)).rejects.toMatchObject({ reason: "JOB_FINISHED" });
    const next = await begin(jobs);
    next.succeed(null);
    await jobs.finished(next.job.id);
  });

  test("of what ran when the panel was killed says that it was interrupted", async () => {
    const home = await homeOfTest();
    const killed = await createTestPanel({ home });
    const { job } = await begin(killed.context.runtime.jobs);
    await killed.context.store.saveJob(jobOf({ id: "done", status: "succeeded", result: MADE }));
    killed.faults.die();
    await killed[Symbol.asyncDispose]();

    await using panel = await createTestPanel({ home });
    expect(await panel.context.runtime.jobs.get(job.id)).toMatchObject({
      status: "failed",
      error: { reason: "INTERRUPTED" },
      finishedAt: expect.any(String),
    });
    expect(await panel.context.runtime.jobs.get("done")).toMatchObject({
      status: "succeeded",
      error: null,
    });
  });

  test("of the newest 200 is listed, newest first", async () => {
    await using panel = await createTestPanel();
    const {
      store,
      runtime: { jobs },
    } = panel.context;
    for (let number = 0; number < 210; number++) {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
      await store.saveJob(jobOf({ id: `j${number}`, status: "succeeded", createdAt }));
    }
    const listed = await jobs.list();
    expect(listed).toHaveLength(200);
    expect(listed[0]?.id).toBe("j209");
    expect(listed.at(-1)?.id).toBe("j10");
  });
});
