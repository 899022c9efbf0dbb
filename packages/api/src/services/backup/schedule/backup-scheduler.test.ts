import {
  type BackupPolicy,
  type BackupRequest,
  DEFAULT_BACKUP_POLICY,
} from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { JobOf } from "@claw/core/job";
import type { InstanceFailure } from "@claw/core/job-result";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import { FakeHost } from "../../../../tests/support/fake-host.ts";
import { addScheduled } from "../../../../tests/support/scheduled-backups.ts";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel, homeOfTest, type TestPanel } from "../../../../tests/support/test-app.ts";
import type { AppContext } from "../../../context.ts";
import { createInstance } from "../../instance/create-instance.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createBackupScheduler, LOOK_MS, RETRY_MS, START_MS } from "./backup-scheduler.ts";
import { getPolicy } from "./get-policy.ts";
import { savePolicy } from "./save-policy.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NIGHTLY: BackupPolicy = { ...DEFAULT_BACKUP_POLICY, enabled: true, cron: "0 3 * * *" };

/** A panel with an instance, and a schedule of its own on a clock of its own. */
async function scheduled(policy: Partial<BackupPolicy> = {}, start = "2026-05-01T12:00:00Z") {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const host = new FakeHost();
  host.advance(Date.parse(start) - host.now());
  const ctx: AppContext = { ...panel.context, host };
  await savePolicy(ctx, { ...NIGHTLY, ...policy });
  return new Schedule(panel, ctx, host);
}

class Schedule implements AsyncDisposable {
  readonly panel: TestPanel;
  readonly ctx: AppContext;
  readonly host: FakeHost;
  /** When backups were begun, and what for. */
  readonly begun: string[] = [];
  readonly requests: BackupRequest[] = [];
  tidied = 0;
  /** The work of the next backups. */
  refuse: Error | null = null;
  fail: InstanceFailure | null = null;
  work: () => Promise<JobOf<"backup">["result"]> = async () => ({});
  #scheduler: AsyncDisposable | null = null;

  constructor(panel: TestPanel, ctx: AppContext, host: FakeHost) {
    this.panel = panel;
    this.ctx = ctx;
    this.host = host;
  }

  /** Starts the panel's part that makes backups, and lets it look once. */
  async start(): Promise<void> {
    this.#scheduler = createBackupScheduler(this.ctx, {
      create: async (ctx, request, createdBy) => {
        expect(createdBy).toBe("schedule");
        if (this.refuse) throw this.refuse;
        this.begun.push(new Date(ctx.host.now()).toISOString().slice(0, 16));
        this.requests.push(request);
        const work = (job: JobHandle<"backup">) => {
          if (this.fail) job.failed(this.fail);
          return this.work();
        };
        return ctx.runtime.jobs.begin({ kind: "backup", instanceId: null, work });
      },
      tidy: async () => {
        this.tidied += 1;
      },
    });
    await this.pass(START_MS);
  }

  async end(): Promise<void> {
    await this.#scheduler?.[Symbol.asyncDispose]();
    this.#scheduler = null;
  }

  /** Lets time pass as a machine that slept meanwhile sees it: at once. */
  async pass(ms: number): Promise<void> {
    this.host.advance(ms);
    await this.idle();
  }

  /** Lets it pass in steps. */
  async live(ms: number, step: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) await this.pass(step);
  }

  idle(): Promise<void> {
    return eventually(() => expect(this.host.asleep).toBe(1), 10_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await this.panel[Symbol.asyncDispose]();
  }
}

const busy = () => new DomainError("BUSY", "A restore is at work. Wait until it is done.");

describe("a schedule that is on", () => {
  test("makes a backup each time it is due, and none in between", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await schedule.live(3 * DAY, HOUR / 2);
    expect(schedule.begun).toEqual(["2026-05-02T03:01", "2026-05-03T03:01", "2026-05-04T03:01"]);
    expect(schedule.requests[0]).toEqual({ mode: "rolling" });
  });

  test("begins within half a minute of its time", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await schedule.pass(Date.parse("2026-05-02T02:59:30Z") - schedule.host.now());
    expect(schedule.begun).toEqual([]);
    await schedule.live(60_000, LOOK_MS);
    expect(schedule.begun).toEqual(["2026-05-02T03:00"]);
  });

  test("says when it runs next, and how the last run went", async () => {
    await using schedule = await scheduled();
    expect(await getPolicy(schedule.ctx)).toMatchObject({
      nextRun: "2026-05-02T03:00:00.000Z",
      lastRun: null,
      waiting: null,
    });
    await schedule.start();
    await schedule.pass(DAY);
    const { nextRun, lastRun } = await getPolicy(schedule.ctx);
    expect(nextRun).toBe("2026-05-03T03:00:00.000Z");
    expect(lastRun).toMatchObject({ status: "succeeded", message: null });
    expect(lastRun?.at.slice(0, 10)).toBe("2026-05-02");
    expect((await schedule.ctx.runtime.jobs.get(lastRun?.jobId ?? "")).kind).toBe("backup");
  });

  test("takes the instances that were chosen and still exist, in the way that was chosen", async () => {
    const recipients = ["age126rcs6hy2tgkffw9wt8tvg0qwqkxmvyttrwgm2zkhj7g2egyvs3qltuqjy"];
    await using schedule = await scheduled({
      instanceIds: ["gone", "anna"],
      mode: "at-once",
      recipients,
    });
    await schedule.start();
    await schedule.pass(DAY);
    expect(schedule.requests).toEqual([
      { mode: "at-once", instanceIds: ["anna"], encryption: { kind: "recipients", recipients } },
    ]);
  });
});

describe("runs that were missed are made up for by one", () => {
  test("when the panel was off", async () => {
    await using schedule = await scheduled();
    schedule.host.advance(5 * DAY);
    await schedule.start();
    expect(schedule.begun).toHaveLength(1);
    await schedule.live(12 * HOUR, HOUR);
    expect(schedule.begun).toHaveLength(1);
    await schedule.live(4 * HOUR, HOUR);
    expect(schedule.begun).toHaveLength(2);
  });

  test("when the machine slept", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await schedule.pass(9 * DAY);
    await schedule.live(HOUR, LOOK_MS * 10);
    expect(schedule.begun).toHaveLength(1);
  });

  test("when the panel was ended while one waited, and not when it had begun", async () => {
    await using schedule = await scheduled();
    schedule.refuse = busy();
    await schedule.start();
    await schedule.pass(DAY);
    await schedule.end();
    schedule.refuse = null;
    await schedule.start();
    expect(schedule.begun).toHaveLength(1);
    await schedule.end();
    await schedule.start();
    expect(schedule.begun).toHaveLength(1);
  });

  test("not before instances had a minute to come up", async () => {
    await using schedule = await scheduled();
    schedule.host.advance(5 * DAY);
    const starting = schedule.start();
    expect(schedule.begun).toEqual([]);
    await starting;
    expect(schedule.begun).toHaveLength(1);
  });
});

describe("the clock", () => {
  test("may be put forward: one run, not many", async () => {
    await using schedule = await scheduled({ cron: "0 * * * *" });
    await schedule.start();
    await schedule.pass(400 * DAY);
    await schedule.pass(LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
  });

  test("may be put back a little: nothing is made twice", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await schedule.pass(Date.parse("2026-05-02T03:00:10Z") - schedule.host.now());
    expect(schedule.begun).toHaveLength(1);
    schedule.host.advance(-20 * 60_000);
    await schedule.live(HOUR, LOOK_MS * 3);
    expect(schedule.begun).toHaveLength(1);
  });

  test("may be put back by years: the schedule goes on from there", async () => {
    await using schedule = await scheduled({}, "2031-01-01T12:00:00Z");
    await schedule.start();
    await schedule.pass(DAY);
    expect(schedule.begun).toHaveLength(1);
    schedule.host.advance(Date.parse("2026-05-01T12:00:00Z") - schedule.host.now());
    await schedule.pass(LOOK_MS);
    await schedule.live(DAY, HOUR);
    expect(schedule.begun.slice(1).map((at) => at.slice(0, 13))).toEqual(["2026-05-02T03"]);
  });

  test("of the wall may change at night: one backup each night", async () => {
    for (const start of ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"]) {
      await using schedule = await scheduled(
        { cron: "30 2 * * *", timezone: "Europe/Berlin" },
        start,
      );
      await schedule.start();
      await schedule.live(2 * DAY, HOUR);
      expect(schedule.begun).toHaveLength(2);
    }
  });
});

describe("a run that cannot begin", () => {
  test("because of another job waits, says so, and is tried again some minutes later", async () => {
    await using schedule = await scheduled();
    schedule.refuse = busy();
    await schedule.start();
    await schedule.pass(DAY);
    expect((await getPolicy(schedule.ctx)).waiting).toBe(busy().message);
    expect(schedule.panel.logged.join("")).toContain("a backup is due and waits: A restore is at");
    schedule.refuse = null;
    await schedule.live(RETRY_MS - 2 * LOOK_MS, LOOK_MS);
    expect(schedule.begun).toEqual([]);
    await schedule.live(3 * LOOK_MS, LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
    expect(await getPolicy(schedule.ctx)).toMatchObject({
      waiting: null,
      lastRun: { status: "succeeded" },
    });
  });

  test("because Docker is away waits until it is back", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    const { board } = schedule.panel.context.runtime.live;
    schedule.panel.engine.setReachable(false);
    await eventually(() => expect(board.isReachable()).toBe(false));
    await schedule.pass(DAY);
    expect((await getPolicy(schedule.ctx)).waiting).toMatch(/Docker cannot be reached/);
    schedule.panel.engine.setReachable(true);
    await eventually(() => expect(board.isReachable()).toBe(true));
    await schedule.pass(LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
  });

  test("for another reason is a failed one, and comes again at its next time", async () => {
    await using schedule = await scheduled();
    schedule.refuse = new DomainError("DISK_FULL", "The disk is full.");
    await schedule.start();
    await schedule.pass(DAY);
    const { lastRun } = await getPolicy(schedule.ctx);
    expect(lastRun).toMatchObject({ jobId: null, status: "failed", message: "The disk is full." });
    schedule.refuse = null;
    await schedule.live(HOUR, 10 * LOOK_MS);
    expect(schedule.begun).toEqual([]);
    await schedule.pass(DAY);
    expect(schedule.begun).toHaveLength(1);
  });

  test("because none of its instances exists says so; with no instance at all nothing is due", async () => {
    await using schedule = await scheduled({ instanceIds: ["gone"] });
    await schedule.start();
    await schedule.pass(DAY);
    expect((await getPolicy(schedule.ctx)).lastRun?.message).toMatch(/None of the instances/);

    await using empty = await createTestPanel();
    const host = new FakeHost();
    const ctx = { ...empty.context, host };
    await savePolicy(ctx, NIGHTLY);
    const schedules = new Schedule(empty, ctx, host);
    await schedules.start();
    await schedules.pass(DAY);
    await schedules.end();
    expect(schedules.begun).toEqual([]);
    expect((await getPolicy(ctx)).lastRun).toBeNull();
  });
});

describe("a run", () => {
  test("that fails is shown with its job, deletes nothing, and is not repeated", async () => {
    await using schedule = await scheduled({ keepLast: 1, keepDaily: 0, keepWeekly: 0 });
    await addScheduled(schedule.ctx, ["2026-01-01", "2026-01-02"]);
    schedule.work = async () => {
      throw new DomainError("DISK_FULL", "The disk is full.");
    };
    await schedule.start();
    await schedule.pass(DAY);
    expect((await getPolicy(schedule.ctx)).lastRun).toMatchObject({
      jobId: expect.any(String),
      status: "failed",
      message: "The disk is full.",
    });
    expect(await schedule.ctx.store.listBackups()).toHaveLength(2);
    await schedule.live(HOUR, 10 * LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
  });

  test("that is partly done says which instance failed and why, and lets old ones go", async () => {
    await using schedule = await scheduled({ keepLast: 1, keepDaily: 0, keepWeekly: 0 });
    await addScheduled(schedule.ctx, ["2026-01-01", "2026-01-02"]);
    schedule.fail = { id: "anna", reason: "FILES_DENIED", message: "Copying anna failed: no." };
    await schedule.start();
    await schedule.pass(DAY);
    expect((await getPolicy(schedule.ctx)).lastRun).toMatchObject({
      status: "partial",
      message: "0 of 1. Copying anna failed: no.",
    });
    expect((await schedule.ctx.store.listBackups()).map(({ id }) => id)).toEqual(["2026-01-02"]);
    const [last] = await schedule.ctx.store.listAudit({
      ...{ action: "backups.finish", limit: 1, before: null },
    });
    expect(last?.result).toBe("partial");
  });

  test("that succeeds lets old ones go, as the policy says", async () => {
    await using schedule = await scheduled({ keepLast: 1, keepDaily: 0, keepWeekly: 0 });
    await addScheduled(schedule.ctx, ["2026-01-01", "2026-01-02", "2026-01-03"]);
    const manual = backupOf({ id: "manual", filename: "manual.tar", createdBy: "panel" });
    await schedule.ctx.store.saveBackup(manual);
    await schedule.start();
    await schedule.pass(DAY);
    const left = (await schedule.ctx.store.listBackups()).map(({ id }) => id);
    expect(left.sort()).toEqual(["2026-01-03", "manual"]);
  });

  test("is one at a time; what came due meanwhile is done with it", async () => {
    await using schedule = await scheduled({ cron: "0 * * * *" });
    const ends = Promise.withResolvers<null>();
    schedule.work = () => ends.promise;
    await schedule.start();
    schedule.host.advance(HOUR);
    await eventually(() => expect(schedule.begun).toHaveLength(1));
    schedule.host.advance(5 * HOUR);
    ends.resolve(null);
    await schedule.idle();
    await schedule.pass(LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
    await schedule.pass(HOUR);
    expect(schedule.begun).toHaveLength(2);
  });

  test("does not keep the panel from ending", async () => {
    await using schedule = await scheduled();
    const ends = Promise.withResolvers<null>();
    schedule.work = () => ends.promise;
    await schedule.start();
    schedule.host.advance(DAY);
    await eventually(() => expect(schedule.begun).toHaveLength(1));
    await schedule.end();
    ends.resolve(null);
  });

  test("that cannot be written down is not made again and again", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    schedule.panel.faults.failNext("store.saveSetting", new Error("the disk is full"));
    await schedule.pass(DAY);
    await schedule.live(HOUR, 10 * LOOK_MS);
    expect(schedule.begun).toHaveLength(1);
    expect(schedule.panel.logged.join("")).toContain("the disk is full");
  });
});

describe("another policy", () => {
  test("holds from the next look, without a new start", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await savePolicy(schedule.ctx, { ...NIGHTLY, cron: "30 13 * * *" });
    await schedule.live(3 * HOUR, HOUR / 4);
    expect(schedule.begun).toEqual(["2026-05-01T13:31"]);
  });

  test("does not make up for what was due by the old one, or before it was on", async () => {
    await using schedule = await scheduled({ enabled: false });
    await schedule.start();
    await schedule.pass(5 * DAY);
    await savePolicy(schedule.ctx, NIGHTLY);
    await schedule.pass(LOOK_MS);
    expect(schedule.begun).toEqual([]);
    await schedule.pass(DAY);
    expect(schedule.begun).toHaveLength(1);
  });

  test("that is off makes none", async () => {
    await using schedule = await scheduled();
    await schedule.start();
    await savePolicy(schedule.ctx, { ...NIGHTLY, enabled: false });
    await schedule.live(3 * DAY, DAY);
    expect(schedule.begun).toEqual([]);
    expect((await getPolicy(schedule.ctx)).nextRun).toBeNull();
  });
});

test("what restores left behind is tidied up at every look, whether there is a schedule or not", async () => {
  await using schedule = await scheduled({ enabled: false });
  await schedule.start();
  await schedule.pass(LOOK_MS);
  expect(schedule.tidied).toBe(2);
});

test("a panel that was killed in the middle of a run shows it as failed, and does not repeat it", async () => {
  const home = await homeOfTest();
  const host = new FakeHost();
  host.advance(Date.parse("2026-05-01T12:00:00Z") - host.now());
  {
    const panel = await createTestPanel({ home });
    await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
    const ctx = { ...panel.context, host };
    await savePolicy(ctx, NIGHTLY);
    const schedule = new Schedule(panel, ctx, host);
    schedule.work = () => new Promise(() => {});
    await schedule.start();
    host.advance(DAY);
    await eventually(async () => expect((await getPolicy(ctx)).lastRun).not.toBeNull());
    panel.faults.die();
    await schedule.end();
    await panel[Symbol.asyncDispose]();
  }
  await using panel = await createTestPanel({ home });
  const schedule = new Schedule(panel, { ...panel.context, host }, host);
  await schedule.start();
  await schedule.end();
  expect(schedule.begun).toEqual([]);
  expect((await getPolicy(schedule.ctx)).lastRun).toMatchObject({
    status: "failed",
    message: expect.stringContaining("ended while the job ran"),
  });
});
