import { DomainError } from "@claw/core/errors";
import { failuresOf, type Job } from "@claw/core/job";
import { expect, test } from "vitest";
import { MemoryEngine } from "../src/engine/memory/memory-engine.ts";
import { backUp, begin, traces, withInstances } from "./support/backup-home.ts";
import { eventually } from "./support/deadline.ts";
import { type Call, unreachable } from "./support/faulty-engine.ts";
import { atCallsOf } from "./support/sample.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
  type TestPanel,
} from "./support/test-app.ts";
import { expectWhole } from "./support/wholeness.ts";

const MODES = ["rolling", "at-once"] as const;
const RUNNING = ["anna", "ben"];

async function newPanel(home: string, engine: MemoryEngine): Promise<TestPanel> {
  const panel = await createTestPanel({ home, engine });
  await withInstances(panel, [...RUNNING, "cora"], ["cora"]);
  return panel;
}

const newEngine = (home: string) =>
  new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    startDelayMs: 5,
    heartbeatMs: 600_000,
  });

/** Throws unless everything is as it was before the backup, and what is listed is whole. */
async function expectAsBefore(
  panel: TestPanel,
  copies: "are gone" | "may be left" = "are gone",
): Promise<"backed up" | "backed up in part" | "not backed up"> {
  return eventually(async () => {
    for (const id of RUNNING) {
      expect(panel.context.runtime.live.board.get(id).status, `${id} runs`).toBe("running");
      await expectWhole(panel, id);
    }
    expect(panel.context.runtime.live.board.get("cora").status).toBe("created");
    const { backups, folders } = await traces(panel);
    if (copies === "are gone") expect(folders).toEqual([]);
    const listed = await panel.context.store.listBackups();
    expect(listed.map(({ filename }) => filename)).toEqual(backups);
    const [backup] = listed;
    if (!backup) return "not backed up";
    const { signal } = new AbortController();
    const report = await panel.context.disk.archives.verify(backup.filename, { signal });
    expect(report.sha256).toBe(backup.sha256);
    const ids = report.instances.map(({ id }) => id);
    if (ids.length < 3) return "backed up in part";
    expect(ids).toEqual(["anna", "ben", "cora"]);
    return "backed up";
  });
}

test.each(MODES)("the panel is killed at any call of a backup: %s", {
  timeout: 120_000,
}, async (mode) => {
  const seen = new Set<string>();
  const calls = await atCallsOf(`killed: ${mode}`, 12, async (n) => {
    const home = await homeOfTest();
    await using engine = newEngine(home);
    const died = await newPanel(home, engine);
    died.faults.dieAt(n);
    const making = backUp(died, { mode }).then(() => true);
    const over = await Promise.race([making, died.faults.died.then(() => false)]);
    const made = died.faults.calls.length;
    died.faults.die();
    await died.faults.still();
    await died[Symbol.asyncDispose]();

    await using panel = await createTestPanel({ home, engine, busy: true });
    seen.add(await expectAsBefore(panel));
    for (const job of await panel.context.runtime.jobs.list())
      if (job.status !== "succeeded")
        expect(job).toMatchObject({ status: "failed", error: { reason: "INTERRUPTED" } });
    expect(await backUp(panel, { mode })).toMatchObject({ status: "succeeded" });
    return { calls: made, over };
  });
  expect(calls).toBeGreaterThan(30);
  expect([...seen].sort()).toEqual(["backed up", "not backed up"]);
});

interface Outcome {
  job: Job | null;
  end: string;
  /** At which something happened; undefined: it was over before. */
  call: Call | undefined;
  calls: number;
}

/** Makes a backup with something happening at its n-th call. */
async function backUpWith(
  n: number,
  mode: (typeof MODES)[number],
  act: (panel: TestPanel, call: Call) => void,
): Promise<Outcome> {
  const home = await homeOfTest();
  await using engine = newEngine(home);
  await using panel = await newPanel(home, engine);
  const met: Call[] = [];
  let begun: Job | null = null;
  panel.faults.onCall(n, (call) => {
    // Later calls come from this test.
    if (begun && !panel.context.runtime.jobs.running("backup")) return;
    met.push(call);
    act(panel, call);
  });
  begun = await begin(panel, { mode }).catch(() => null);
  const job = begun && (await panel.context.runtime.jobs.finished(begun.id));
  const calls = panel.faults.calls.length;
  const [call] = met;
  // The panel's next start sweeps folders that could not be dropped.
  const left = call?.method === "storage.dropCopy" ? "may be left" : "are gone";
  const end = await expectAsBefore(panel, left);
  return { job, call, end, calls };
}

/** Ways in which a call fails. */
function failureOf({ method }: Call): DomainError {
  return method.startsWith("engine.")
    ? unreachable()
    : new DomainError("DISK_FULL", "The disk is full (said by the test).");
}

/** One instance is named, and it is the one that is not in the backup. */
function expectNamed(job: Job, end: string, told: string): void {
  const failed = failuresOf(job);
  const lines = job.detail?.instances.filter(({ phase }) => phase === "failed") ?? [];
  expect(failed, told).toHaveLength(1);
  if (end === "backed up in part")
    expect(
      lines.map(({ id }) => id),
      told,
    ).toEqual([failed[0]?.id]);
}

test.each(MODES)("any call of a backup fails: %s", { timeout: 120_000 }, async (mode) => {
  const ends = new Set<string>();
  for (let n = 0; ; n++) {
    const { job, call, end } = await backUpWith(n, mode, (_, call) => {
      throw failureOf(call);
    });
    if (!call) break;
    const told = `with ${call.method} failing (call ${n}) it is ${job?.status} and ${end}`;
    if (job?.status === "failed") expect(end, told).toBe("not backed up");
    if (job?.status === "succeeded") expect(end, told).toBe("backed up");
    if (job?.status === "partial") expectNamed(job, end, told);
    ends.add(`${job?.status}, ${end}`);
  }
  expect([...ends]).toContain("failed, not backed up");
  expect([...ends]).toContain("partial, backed up in part");
  expect([...ends]).toContain("succeeded, backed up");
});

test.each(MODES)("a backup is cancelled at any of its calls: %s", {
  timeout: 120_000,
}, async (mode) => {
  const ends = new Set<string>();
  await atCallsOf(`cancelled: ${mode}`, 12, async (n) => {
    const { job, end, call, calls } = await backUpWith(n, mode, (panel) => {
      const running = panel.context.runtime.jobs.running("backup");
      if (running) panel.context.runtime.jobs.cancel(running.id).catch(() => undefined);
    });
    if (job?.status === "cancelled") expect(end).toBe("not backed up");
    if (call) ends.add(`${job?.status}, ${end}`);
    return { calls, over: !call };
  });
  expect([...ends].sort()).toEqual(["cancelled, not backed up", "succeeded, backed up"]);
});
