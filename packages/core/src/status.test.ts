import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INSTANCE_STATUSES } from "./instance.ts";
import {
  type Activity,
  deriveStatus,
  nextChangeIn,
  type ObservedContainer,
  STARTING_LIMIT_MS,
  type StatusInput,
  USUAL_START_MS,
} from "./status.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const ago = (ms: number) => new Date(NOW - ms).toISOString();

/** A healthy container of an instance that should run, with the given changes. */
function input(
  observed: Partial<ObservedContainer> | null = {},
  rest: Partial<Omit<StatusInput, "observed">> = {},
): StatusInput {
  const container: ObservedContainer = {
    containerId: "c",
    specHash: "h",
    image: "openclaw:local",
    state: "running",
    health: "healthy",
    answered: false,
    restartCount: 0,
    exitCode: 0,
    outOfMemory: false,
    startedAt: ago(60_000),
  };
  return {
    spec: { desired: "running" },
    observed: observed && { ...container, ...observed },
    reachable: true,
    activity: null,
    finishing: null,
    lastExitCode: null,
    startError: null,
    lines: [],
    silentSince: null,
    load: null,
    now: NOW,
    ...rest,
  };
}

const STOP = { spec: { desired: "stopped" } } as const;
const exited = (exitCode: number): Partial<ObservedContainer> => ({
  state: "exited",
  health: "unhealthy",
  exitCode,
  startedAt: null,
});
const silent: Partial<ObservedContainer> = { health: "unhealthy", answered: true };
const booting: Partial<ObservedContainer> = { health: "starting", startedAt: ago(5_000) };

describe("the rule of the facts, 8", () => {
  test.each([
    ["healthy", input(), "running", null],
    ["healthy after restarts of its own", input({ restartCount: 3 }), "running", null],
    ["without health check", input({ health: "none" }), "running", null],
    ["healthy, although it was to stop", input({}, STOP), "running", null],
    ["healthy, although memory ran out for a child", input({ outOfMemory: true }), "running", null],
    ["just started", input(booting), "starting", null],
    ["started without a known time", input({ ...booting, startedAt: null }), "starting", null],
    [
      "started by a clock that is ahead",
      input({ ...booting, startedAt: ago(-60_000) }),
      "starting",
      null,
    ],
    [
      "as long as usual",
      input({ ...booting, startedAt: ago(USUAL_START_MS - 1) }),
      "starting",
      null,
    ],
    [
      "longer than usual, when Docker's check has given up",
      input({ health: "unhealthy", startedAt: ago(200_000) }),
      "starting",
      "SLOW_START",
    ],
    [
      "just short of the limit",
      input({ ...booting, startedAt: ago(STARTING_LIMIT_MS - 1) }),
      "starting",
      "SLOW_START",
    ],
    [
      "at the limit",
      input({ ...booting, startedAt: ago(STARTING_LIMIT_MS) }),
      "error",
      "NOT_ANSWERING",
    ],
    [
      "long past the limit",
      input({ ...booting, startedAt: ago(86_400_000) }),
      "error",
      "NOT_ANSWERING",
    ],
    // A gateway that has answered before and is slow now: Docker's check fails, its process lives.
    ["busy", input({ health: "unhealthy", answered: true }), "running", "BUSY"],
    [
      "busy, long after its start",
      input({ health: "unhealthy", answered: true, startedAt: ago(86_400_000) }),
      "running",
      "BUSY",
    ],
    [
      "busy, after one restart of its own",
      input({ health: "unhealthy", answered: true, restartCount: 1 }),
      "running",
      "BUSY",
    ],
    [
      "silent, and busy when it last answered",
      input(silent, { silentSince: NOW - 60_000, load: { isBusy: true, at: NOW - 90_000 } }),
      "running",
      "BUSY",
    ],
    [
      "silent, and idle when it last answered",
      input(silent, { silentSince: NOW - 60_000, load: { isBusy: false, at: NOW - 90_000 } }),
      "running",
      "SILENT",
    ],
    [
      "silent only since now, and idle when it last answered",
      input(silent, { load: { isBusy: false, at: NOW - 1 } }),
      "running",
      "SILENT",
    ],
    [
      "silent for Docker, but not for the panel",
      input(silent, { silentSince: NOW - 60_000, load: { isBusy: false, at: NOW - 59_999 } }),
      "running",
      "BUSY",
    ],
    [
      "healthy, however busy",
      input({ answered: true }, { load: { isBusy: true, at: NOW } }),
      "running",
      null,
    ],
    [
      "starting slowly, some time after a restart of its own",
      input({ health: "unhealthy", restartCount: 1, startedAt: ago(130_000) }),
      "starting",
      "SLOW_START",
    ],
    ["not described by Docker", input({ state: "unknown" }), "unknown", "CONTAINER_SILENT"],
    // A crash loop, as `docker inspect` shows it 70 % and 30 % of the time.
    ["in a crash loop, seen up", input({ ...booting, restartCount: 1 }), "error", "CRASH_LOOP"],
    [
      "in a crash loop, seen up and unhealthy",
      input({ health: "unhealthy", restartCount: 7 }),
      "error",
      "CRASH_LOOP",
    ],
    [
      "in a crash loop, seen between two runs",
      input({ state: "restarting", health: "unhealthy", exitCode: 78 }),
      "error",
      "CRASH_LOOP",
    ],
    [
      "restarting for the first time",
      input({ state: "restarting", restartCount: 0, exitCode: 1 }),
      "error",
      "CRASH_LOOP",
    ],
    [
      "restarting although it was to stop",
      input({ state: "restarting", exitCode: 78 }, STOP),
      "error",
      "CRASH_LOOP",
    ],
    ["exited with 78 unasked", input(exited(78)), "error", "EXITED"],
    ["exited with 1 unasked", input(exited(1)), "error", "EXITED"],
    ["exited with 137 unasked", input(exited(137)), "error", "EXITED"],
    ["exited with 0 unasked", input(exited(0)), "stopped", null],
    ["ended by SIGTERM from outside", input(exited(143)), "stopped", null],
    ["exited with 0 on request", input(exited(0), STOP), "stopped", null],
    ["exited with 143 on request", input(exited(143), STOP), "stopped", null],
    ["killed on request after its grace time", input(exited(137), STOP), "stopped", null],
    ["in error, then stopped on request", input(exited(78), STOP), "stopped", null],
    [
      "killed for its memory",
      input({ ...exited(137), outOfMemory: true }),
      "error",
      "OUT_OF_MEMORY",
    ],
    [
      "killed for its memory, to be started again",
      input({ state: "restarting", exitCode: 137, outOfMemory: true }),
      "error",
      "OUT_OF_MEMORY",
    ],
    [
      "killed for its memory once, then stopped on request",
      input({ ...exited(0), outOfMemory: true }, STOP),
      "stopped",
      null,
    ],
    ["paused", input({ state: "paused" }), "error", "CONTAINER_PAUSED"],
    [
      "paused after memory ran out for a child",
      input({ state: "paused", outOfMemory: true }),
      "error",
      "CONTAINER_PAUSED",
    ],
    ["dead", input({ state: "dead", health: "none", exitCode: 1 }), "error", "EXITED"],
    [
      "made, never started",
      input({ state: "created", health: "none", startedAt: null }),
      "created",
      null,
    ],
    ["being removed by someone", input({ state: "removing" }), "stopping", null],
    ["without container and not to run", input(null, STOP), "stopped", null],
    ["without container although it is to run", input(null), "error", "CONTAINER_MISSING"],
  ] as const)("%s", (_, given, status, code) => {
    const derived = deriveStatus(given);
    expect({ status: derived.status, code: derived.statusDetail?.code ?? null }).toEqual({
      status,
      code,
    });
    expect(derived.statusReason === null).toBe(code === null);
  });
});

describe("how long it has been so", () => {
  test("is told of a slow start, and how long it may take", () => {
    const slow = deriveStatus(input({ ...booting, startedAt: ago(200_000) }));
    expect(slow.statusReason).toBe("It has been starting for 3 minutes; it may take 10 minutes.");
    expect(slow.statusDetail).toMatchObject({ minutes: 3, lines: [] });
  });

  test("is told of a busy gateway, from the first minute on", () => {
    const silentFor = (ms: number | null) =>
      deriveStatus(input(silent, { silentSince: ms === null ? null : NOW - ms }));
    expect(silentFor(null).statusReason).toBe("It is busy and answers late.");
    expect(silentFor(59_999).statusReason).toBe("It is busy and answers late.");
    expect(silentFor(60_000).statusReason).toMatch(/not answered for 1 minute\.$/);
    expect(silentFor(150_000)).toMatchObject({ status: "running", statusDetail: { minutes: 2 } });
  });

  test("of a gateway that may hang comes with the remedy", () => {
    const load = { isBusy: false, at: NOW - 200_000 };
    const silentFor = (ms: number) => deriveStatus(input(silent, { silentSince: NOW - ms, load }));
    expect(silentFor(1_000).statusReason).toBe(
      "It does not answer, although it was not busy before: it may hang. If it stays so, restart it.",
    );
    expect(silentFor(150_000)).toMatchObject({
      statusReason: expect.stringContaining("It has not answered for 2 minutes."),
      statusDetail: { code: "SILENT", minutes: 2 },
    });
  });

  test.each([
    ["starts", input({ ...booting, startedAt: ago(5_000) }), 55_000],
    ["starts slowly", input({ ...booting, startedAt: ago(200_000) }), 40_000],
    [
      "is busy",
      input({ health: "unhealthy", answered: true }, { silentSince: NOW - 1_000 }),
      59_000,
    ],
    ["runs", input(), null],
    ["has not started in time", input({ ...booting, startedAt: ago(STARTING_LIMIT_MS) }), null],
    ["is stopped", input(exited(0), STOP), null],
    ["has no container", input(null), null],
  ])("has to be looked at again when it %s", (_, given, ms) => {
    expect(nextChangeIn(given)).toBe(ms);
  });
});

describe("a start that failed", () => {
  const failed = { startError: "Port 18789 is in use on this host." };

  test.each([
    ["without container", null],
    ["with a container that was never started", { state: "created" } as const],
    ["with a container that has ended", exited(0)],
  ])("%s is said in the words of the failure", (_, observed) => {
    expect(deriveStatus(input(observed, failed))).toMatchObject({
      status: "error",
      statusReason: failed.startError,
      statusDetail: { code: "START_FAILED" },
    });
  });

  test("is of no interest when the container runs after all", () => {
    expect(deriveStatus(input({}, failed)).status).toBe("running");
    expect(deriveStatus(input(booting, failed)).status).toBe("starting");
  });

  test("does not hide that it now crashes", () => {
    expect(deriveStatus(input({ ...booting, restartCount: 2 }, failed)).statusDetail?.code).toBe(
      "CRASH_LOOP",
    );
  });
});

describe("what the panel itself is doing", () => {
  const doing = (activity: Activity, observed: Partial<ObservedContainer> | null = exited(78)) =>
    deriveStatus(input(observed, { activity }));

  test.each([
    ["creating", "starting"],
    ["starting", "starting"],
    ["restarting", "starting"],
    ["stopping", "stopping"],
    ["removing", "stopping"],
  ] as const)("%s shows as %s, whatever the container is at this moment", (activity, status) => {
    for (const observed of [null, {}, exited(78), { state: "restarting" }] as const)
      expect(doing(activity, observed)).toEqual({ status, statusReason: null, statusDetail: null });
  });

  test.each([
    ["backing-up", "stopping", "BACKING_UP", /backed up, and starts again by itself/],
    ["resuming", "starting", "BACKING_UP", /backed up, and starts again by itself/],
    ["restoring", "stopping", "RESTORING", /restored from a backup/],
  ] as const)("%s shows as %s, and says why, also when it was killed", (activity, status, code, reason) => {
    for (const observed of [null, {}, exited(137), { state: "restarting" }] as const) {
      const shown = doing(activity, observed);
      expect(shown).toMatchObject({ status, statusDetail: { code, lines: [] } });
      expect(shown.statusReason).toMatch(reason);
    }
  });

  test.each<Activity>([
    "stopping",
    "restarting",
    "backing-up",
    "restoring",
  ])("%s names the work that it lets finish first", (activity) => {
    const shown = deriveStatus(input({}, { activity, finishing: ["chat-run", "task"] }));
    expect(shown).toMatchObject({
      status: "stopping",
      statusReason: "It finishes running work before it stops: chat-run, task.",
      statusDetail: { code: "FINISHING_WORK", work: ["chat-run", "task"], lines: [] },
    });
  });

  test("queued shows as starting, and says for what it waits", () => {
    expect(doing("queued")).toMatchObject({
      status: "starting",
      statusDetail: { code: "QUEUED", lines: [] },
    });
    expect(doing("queued").statusReason).toMatch(/two instances start at a time/);
  });
});

describe("while Docker cannot be reached", () => {
  test("the status is unknown, never a guess from what was seen last", () => {
    const observed = fc.option(fc.constantFrom(booting, exited(0), exited(78), {}));
    const activity = fc.constantFrom<Activity | null>(
      null,
      "starting",
      "stopping",
      "queued",
      "removing",
    );
    fc.assert(
      fc.property(
        observed,
        activity,
        fc.constantFrom("running", "stopped"),
        (seen, doing, desired) => {
          const given = input(seen, { reachable: false, activity: doing, spec: { desired } });
          expect(deriveStatus(given)).toMatchObject({
            status: "unknown",
            statusDetail: { code: "ENGINE_UNREACHABLE", lines: [] },
          });
        },
      ),
    );
  });
});

describe("the reason", () => {
  const lines = Array.from({ length: 25 }, (_, i) => `line ${i}`);

  test("names exit code and last line", () => {
    expect(deriveStatus(input(exited(78), { lines: ["first", "Missing config."] }))).toEqual({
      status: "error",
      statusReason: "It ended with exit code 78. Last log line: Missing config.",
      statusDetail: { code: "EXITED", exitCode: 78, lines: ["first", "Missing config."] },
    });
  });

  test("of a crash loop keeps the exit code that Docker hides while it is up", () => {
    const loop = input({ ...booting, restartCount: 4 }, { lastExitCode: 78 });
    expect(deriveStatus(loop).statusReason).toContain("exit code 78");
    expect(deriveStatus(loop).statusDetail?.exitCode).toBe(78);
  });

  test("of a crash loop that nobody has watched takes the code from between two runs", () => {
    const seen = input({ state: "restarting", exitCode: 78 });
    expect(deriveStatus(seen).statusDetail?.exitCode).toBe(78);
    const unseen = input({ ...booting, restartCount: 4 });
    expect(deriveStatus(unseen).statusDetail?.exitCode).toBeNull();
    expect(deriveStatus(unseen).statusReason).not.toContain("exit code");
  });

  test("keeps the last twenty lines, oldest first", () => {
    expect(deriveStatus(input(exited(1), { lines })).statusDetail?.lines).toEqual(lines.slice(5));
  });

  test("shows no lines of a run that is not in error", () => {
    expect(deriveStatus(input({}, { lines })).statusDetail).toBeNull();
    expect(deriveStatus(input({}, { lines, activity: "queued" })).statusDetail?.lines).toEqual([]);
  });
});

describe("whatever Docker says", () => {
  const observed = fc.option(
    fc.record<Partial<ObservedContainer>>({
      state: fc.constantFrom(
        "created",
        "running",
        "paused",
        "restarting",
        "removing",
        "exited",
        "dead",
        "unknown",
      ),
      answered: fc.boolean(),
      health: fc.constantFrom("none", "starting", "healthy", "unhealthy"),
      restartCount: fc.nat(5),
      exitCode: fc.constantFrom(0, 1, 78, 137, 143),
      outOfMemory: fc.boolean(),
      startedAt: fc.option(fc.integer({ min: -1000, max: 300_000 }).map(ago)),
    }),
  );
  const anything = fc
    .record({
      observed,
      spec: fc.record({ desired: fc.constantFrom("running", "stopped") }),
      reachable: fc.boolean(),
      activity: fc.constantFrom<Activity | null>(
        null,
        null,
        null,
        "creating",
        "starting",
        "queued",
        "restarting",
        "stopping",
        "removing",
      ),
      lastExitCode: fc.option(fc.constantFrom(0, 1, 78)),
      startError: fc.option(fc.constant("It failed.")),
      lines: fc.array(fc.constantFrom("a", "b"), { maxLength: 30 }),
    })
    .map(({ observed: seen, ...rest }) => input(seen, rest));

  const always = (holds: (given: StatusInput) => void) =>
    fc.assert(fc.property(anything, holds), { numRuns: 1000 });

  test("an instance runs only if its container is up, has answered, and the panel does nothing with it", () => {
    always((given) => {
      const runs = deriveStatus(given).status === "running";
      const { observed: seen } = given;
      const well = seen?.health === "healthy" || seen?.health === "none" || seen?.answered === true;
      const up = seen?.state === "running" && well;
      expect(runs).toBe(given.reachable && given.activity === null && up);
    });
  });

  test("it is unknown exactly when Docker cannot be reached, or does not describe it", () => {
    always((given) => {
      const isSilent = given.activity === null && given.observed?.state === "unknown";
      expect(deriveStatus(given).status === "unknown").toBe(!given.reachable || isSilent);
    });
  });

  /** The same with the given container, and no other obstacle. */
  const calm = (given: StatusInput, observed: Partial<ObservedContainer>): StatusInput => ({
    ...given,
    ...input({ ...given.observed, ...observed }),
    lines: given.lines,
    lastExitCode: given.lastExitCode,
  });

  test("what has restarted by itself lately and has not answered is in error", () => {
    const unwell = fc.constantFrom("starting", "unhealthy");
    fc.assert(
      fc.property(
        anything,
        unwell,
        fc.integer({ min: 1, max: 9 }),
        (given, health, restartCount) => {
          const lately = { answered: false, startedAt: ago(5_000) };
          const looping = calm(given, { state: "running", health, restartCount, ...lately });
          expect(deriveStatus(looping).statusDetail?.code).toBe("CRASH_LOOP");
        },
      ),
    );
  });

  test("what was asked to stop and has ended is stopped, however it ended", () => {
    always((given) => {
      const ended = { ...calm(given, { state: "exited" }), ...STOP };
      expect(deriveStatus(ended)).toEqual({
        status: "stopped",
        statusReason: null,
        statusDetail: null,
      });
    });
  });

  test("an error is always explained, by a sentence and by a code for other languages", () => {
    always((given) => {
      const { status, statusReason, statusDetail } = deriveStatus(given);
      expect(INSTANCE_STATUSES).toContain(status);
      expect(statusReason === null).toBe(statusDetail === null);
      if (status === "error" || status === "unknown") {
        expect(statusReason).toMatch(/^[A-Z].*[.ab]$/);
        expect(statusDetail?.lines.length).toBeLessThanOrEqual(20);
      }
    });
  });
});
