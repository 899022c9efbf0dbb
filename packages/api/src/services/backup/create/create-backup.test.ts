import { readFile, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { failuresOf } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import {
  backUp,
  begin,
  expectNothingLeft,
  traces,
  withInstances,
} from "../../../../tests/support/backup-home.ts";
import { eventually } from "../../../../tests/support/deadline.ts";
import type { Call } from "../../../../tests/support/faulty-engine.ts";
import { backupIdOf } from "../../../../tests/support/job-results.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { shortenLockWaits } from "../../../../tests/support/short-lock-waits.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
  type TestPanel,
} from "../../../../tests/support/test-app.ts";
import { expectWhole } from "../../../../tests/support/wholeness.ts";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { stopInstance } from "../../instance/stop-instance.ts";
import { planRestore } from "../restore/plan-restore.ts";

const MODES = ["rolling", "at-once"] as const;

/** Everything that each instance showed, one line a change. */
function watchStatuses(panel: TestPanel) {
  const seen = new Map<string, string[]>();
  const ends = new AbortController();
  const watching = (async () => {
    for await (const event of panel.context.runtime.live.board.watch(ends.signal)) {
      if (event.type !== "changed") continue;
      const { id, status, statusDetail } = event.instance;
      const line = statusDetail ? `${status} ${statusDetail.code}` : status;
      const lines = seen.get(id) ?? [];
      seen.set(id, lines.at(-1) === line ? lines : [...lines, line]);
    }
  })();
  return {
    of: (id: string) => seen.get(id) ?? [],
    end: async () => {
      ends.abort();
      await watching;
    },
  };
}

/** Every call of `method` for one of these instances fails, from the job's beginning on. */
function failFor(panel: TestPanel, method: string, ids: string[], error: Error): void {
  const act = ({ args }: Call) => {
    panel.faults.onNext(method, act);
    if (ids.includes(String(args[0])) && panel.context.runtime.jobs.running("backup")) throw error;
  };
  panel.faults.onNext(method, act);
}

describe.each(MODES)("a backup of all, %s", (mode) => {
  test("is one whole file with everything in it, and everything runs again", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben", "cora"], ["ben"]);
    const job = await backUp(panel, { mode, note: "before the move" });
    expect(job).toMatchObject({ status: "succeeded", progress: 1, error: null });
    const [backup, ...others] = await panel.context.store.listBackups();
    expect(others).toEqual([]);
    expect(job.result).toEqual({ backupId: backup?.id, notStarted: [] });
    expect(backup).toMatchObject({
      instanceCount: 3,
      instances: [{ id: "anna", name: "Name of anna", files: 2 }, { id: "ben" }, { id: "cora" }],
      createdBy: "panel",
      note: "before the move",
      encryption: null,
      pinned: false,
      verifiedAt: expect.stringMatching(/Z$/),
      fault: null,
    });
    expect(backup?.filename).toMatch(/^claw-\d{8}-\d{6}-3\.tar$/);
    expect(await traces(panel)).toEqual({ backups: [backup?.filename], folders: [] });
    const file = path.join(panel.home, "backup", backup?.filename ?? "");
    const { size, mode: bits } = await stat(file);
    expect([size, bits & 0o777]).toEqual([backup?.size, 0o600]);
    for (const id of ["anna", "cora"]) {
      await panel.until(id, "running");
      await expectWhole(panel, id);
    }
    expect(panel.context.runtime.live.board.get("ben").status).toBe("created");
  });

  test("keeps what an instance is, and nothing secret beside its files", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const { result } = await backUp(panel, { mode });
    const { filename } = (await panel.context.store.listBackups())[0] ?? { filename: "" };
    const [content] = (await panel.context.disk.archives.inspect(filename)).instances;
    const spec = await panel.context.store.findInstance("anna");
    expect(content?.record).toEqual({
      id: "anna",
      name: "Name of anna",
      port: spec?.port,
      publishHost: "127.0.0.1",
      timezone: "UTC",
      desired: "running",
      createdAt: spec?.createdAt,
      uid: spec?.uid,
      owner: null,
      group: null,
      tags: [],
      image: { ref: "openclaw:test", id: expect.stringMatching(/^sha256:/), digest: null },
      openclawVersion: null,
      compose: expect.stringContaining("openclaw-anna"),
      takenAt: expect.stringMatching(/Z$/),
    });
    expect(JSON.stringify(result)).toContain("backupId");
  });

  test("shows what is done and that it starts again, and never an error", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben", "cora", "dora"], ["dora"]);
    const statuses = watchStatuses(panel);
    await backUp(panel, { mode });
    for (const id of ["anna", "ben", "cora"]) await panel.until(id, "running");
    await statuses.end();
    for (const id of ["anna", "ben", "cora"]) {
      const lines = statuses.of(id);
      expect(lines[0]).toBe("stopping BACKING_UP");
      expect(lines.at(-1)).toBe("running");
      for (const line of lines) expect(line).toMatch(/^(stopping BACKING_UP|starting.*|running)$/);
    }
    expect(statuses.of("dora")).toEqual([]);
  });

  test("uses each container as it is", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const before = panel.context.runtime.live.board.observedOf("anna")?.containerId;
    panel.faults.record();
    await backUp(panel, { mode });
    expect(panel.context.runtime.live.board.observedOf("anna")?.containerId).toBe(before);
    expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.deploy");
  });

  test("tells how far each instance is, and how long it was down", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"], ["ben"]);
    const { detail } = await backUp(panel, { mode });
    expect(detail).toMatchObject({
      files: 4,
      instances: [
        { id: "anna", phase: "done", downMs: expect.any(Number), problem: null },
        { id: "ben", phase: "done", downMs: null, problem: null },
      ],
    });
    expect(detail?.bytes).toBe(detail?.totalBytes);
  });

  test("names what did not come up again, which shows its error; the backup is good", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"]);
    const taken = panel.context.runtime.live.board.get("anna").port;
    panel.faults.onNext("storage.copyOut", () => panel.engine.addForeign("thief", taken));
    const job = await backUp(panel, { mode });
    const message = expect.stringContaining(`${taken}`);
    expect(job).toMatchObject({
      status: "partial",
      result: {
        notStarted: [{ id: "anna", message }],
        failed: [{ id: "anna", reason: "START_FAILED", message }],
      },
    });
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
      status: "error",
      desired: "running",
      statusDetail: { code: "START_FAILED" },
    });
    expect(job.detail?.instances[0]?.problem).toContain(`${taken}`);
    await panel.until("ben", "running");
    expect(await panel.context.store.listBackups()).toHaveLength(1);
  });

  test.each([
    ["storage.measure", "Measuring ben failed"],
    ["storage.copyOut", "Copying ben failed"],
    ["engine.stop", "Stopping ben failed"],
    ["engine.list", "Looking at ben failed"],
  ] as const)("goes on without one for which %s fails: it is named, the others are whole", async (method, message) => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben", "cora"]);
    failFor(panel, method, ["ben"], new DomainError("ENGINE_FAILED", "Not this one."));
    const job = await backUp(panel, { mode });
    const failed = [{ id: "ben", reason: "ENGINE_FAILED", message: `${message}: Not this one.` }];
    expect(job).toMatchObject({ status: "partial", progress: 1, error: null, result: { failed } });
    expect(job.detail?.instances).toMatchObject([
      { id: "anna", phase: "done", problem: null },
      { id: "ben", phase: "failed", problem: failed[0]?.message },
      { id: "cora", phase: "done", problem: null },
    ]);
    const [backup] = await panel.context.store.listBackups();
    expect(backup?.id).toBe(backupIdOf(job));
    expect(backup?.instances.map(({ id }) => id)).toEqual(["anna", "cora"]);
    expect((await panel.context.runtime.jobs.log(job.id)).map(({ text }) => text)).toContain(
      `ben: ${failed[0]?.message}`,
    );
    for (const id of ["anna", "ben", "cora"]) await panel.until(id, "running");
    expect(await traces(panel)).toMatchObject({ folders: [] });
  });

  test("says what it cannot hold: in its result, its record, its archive and the plan of a restore", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"], ["anna", "ben"]);
    for (const name of ["a", "b"])
      await symlink("/etc/hostname", path.join(panel.home, "instances/anna/data", name));
    const job = await backUp(panel, { mode });
    const leftOut = { links: 2, others: 0 };
    expect(job.status).toBe("succeeded");
    expect(job.result).toMatchObject({ leftOut: [{ id: "anna", ...leftOut }] });
    const [backup] = await panel.context.store.listBackups();
    const [anna, ben] = backup?.instances ?? [];
    expect([anna?.leftOut, ben?.leftOut]).toEqual([leftOut, undefined]);
    const [content] = (await panel.context.disk.archives.inspect(backup?.filename ?? "")).instances;
    expect(content?.record.leftOut).toEqual(leftOut);
    const plan = await planRestore(panel.context, { id: backup?.id ?? "" });
    expect(plan.instances.map((each) => each.leftOut)).toEqual([leftOut, undefined]);
    expect(plan.instances.map(({ warnings }) => warnings.includes("LEFT_OUT"))).toEqual([
      true,
      false,
    ]);
  });

  test("of which each fails is failed, says why of each, and leaves nothing", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"]);
    const error = new DomainError("FILES_DENIED", "No.");
    failFor(panel, "storage.copyOut", ["anna", "ben"], error);
    const job = await backUp(panel, { mode });
    expect(job).toMatchObject({ status: "failed", error: { reason: "FILES_DENIED" } });
    const failed = failuresOf(job);
    expect(failed.map(({ id }) => id).sort()).toEqual(["anna", "ben"]);
    expect(job.error?.message).toBe(
      `None of the 2 instances could be backed up. ${failed.map(({ message }) => message).join(" ")}`,
    );
    expect(job.error?.message).toContain("Copying ben failed: No.");
    await expectNothingLeft(panel, ["anna", "ben"]);
  });

  test("does not wait for ever for one whose lock is held by something that hangs", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"]);
    const { locks } = panel.context.runtime.live;
    const hung = Promise.withResolvers<void>();
    const onboarding = locks.exclusive("anna", "initialising", () => hung.promise);
    shortenLockWaits(panel.context);
    const job = await backUp(panel, { mode });
    const message = expect.stringMatching(/^The instance anna is busy: initialising, for /);
    expect(job).toMatchObject({
      status: "partial",
      result: { failed: [{ id: "anna", reason: "BUSY", message }] },
    });
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
    await panel.until("ben", "running");
    hung.resolve();
    await onboarding;
  });

  test("of one without any file is no backup of it", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"], ["anna", "ben"]);
    await rm(path.join(panel.home, "instances/anna"), { recursive: true });
    const job = await backUp(panel, { mode });
    expect(job).toMatchObject({
      status: "partial",
      result: { failed: [{ id: "anna", message: expect.stringContaining("anna has no files") }] },
    });
    const [backup] = await panel.context.store.listBackups();
    expect(backup?.instances.map(({ id }) => id)).toEqual(["ben"]);
  });

  test("that the end of the panel cuts short leaves running what ran", async () => {
    const home = await homeOfTest();
    await using engine = new MemoryEngine({
      home,
      ranges: TEST_RANGES,
      images: [TEST_IMAGE],
      startDelayMs: 5,
    });
    const ids = ["anna", "ben", "cora", "dora", "emil"];
    {
      await using panel = await createTestPanel({ home, engine });
      await withInstances(panel, ids);
      const copying = panel.faults.pauseNext("storage.copyOut");
      await begin(panel, { mode });
      await copying.reached;
      const ended = panel[Symbol.asyncDispose]();
      copying.resume();
      await ended;
    }
    const states = [...(await engine.list())].map(([id, { state }]) => [id, state]);
    expect(states.sort()).toEqual(ids.map((id) => [id, "running"]));
  });

  test("waits for whoever works on an instance, and can be cancelled meanwhile", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"]);
    const { locks } = panel.context.runtime.live;
    const work = Promise.withResolvers<void>();
    const busy = locks.exclusive("anna", "initialising", () => work.promise);
    const { id } = await begin(panel, { mode });
    await eventually(async () =>
      expect((await panel.context.runtime.jobs.get(id)).step).toBe("backup.copy"),
    );
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
    expect(await panel.context.runtime.jobs.cancel(id)).toMatchObject({ status: "cancelled" });
    const second = await begin(panel, { mode });
    work.resolve();
    await busy;
    expect(await panel.context.runtime.jobs.finished(second.id)).toMatchObject({
      status: "succeeded",
    });
    expect(await traces(panel)).toMatchObject({ folders: [] });
  });

  test("goes on without an instance that was deleted before its turn, and says so", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna", "ben"], ["anna"]);
    const measuring = panel.faults.pauseNext("storage.measure");
    const { id } = await begin(panel, { mode });
    await measuring.reached;
    await removeInstance(panel.context, { id: "anna", deleteData: false });
    measuring.resume();
    const job = await panel.context.runtime.jobs.finished(id);
    expect(job.status).toBe("succeeded");
    expect(job.detail?.instances[0]).toMatchObject({ id: "anna", phase: "failed" });
    expect((await panel.context.runtime.jobs.log(id)).map(({ text }) => text)).toContain(
      "anna: It was deleted before its turn.",
    );
    const [backup] = await panel.context.store.listBackups();
    expect(backup?.instances.map((each) => each.id)).toEqual(["ben"]);
  });

  test("of one instance that was deleted before its turn fails, and leaves nothing", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const measuring = panel.faults.pauseNext("storage.measure");
    const { id } = await begin(panel, { mode });
    await measuring.reached;
    await removeInstance(panel.context, { id: "anna", deleteData: true });
    measuring.resume();
    expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({
      status: "failed",
      error: { reason: "INSTANCE_NOT_FOUND" },
    });
    await expectNothingLeft(panel, []);
  });

  test("keeps an instance from being deleted while it is copied", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const copying = panel.faults.pauseNext("storage.copyOut");
    const { id } = await begin(panel, { mode });
    await copying.reached;
    const error = await rejects(
      removeInstance(panel.context, { id: "anna", deleteData: true }),
      "BUSY",
    );
    expect(error.message).toContain("backing-up");
    await rejects(stopInstance(panel.context, "anna"), "BUSY");
    copying.resume();
    expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
    await panel.until("anna", "running");
  });
});

describe("what is refused before anything is touched", () => {
  test.each([
    ["an id that does not exist", ["anna", "nobody"], "INSTANCE_NOT_FOUND", /nobody/],
  ] as const)("%s", async (_, instanceIds, reason, message) => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const error = await rejects(begin(panel, { instanceIds: [...instanceIds] }), reason);
    expect(error.message).toMatch(message);
    expect(await panel.context.runtime.jobs.list()).toEqual([]);
  });

  test("a panel without instances", async () => {
    await using panel = await createTestPanel();
    const error = await rejects(begin(panel), "INVALID_INPUT");
    expect(error.message).toMatch(/no instance to back up/);
  });

  test("an engine that does not answer", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    panel.engine.setReachable(false);
    await rejects(begin(panel), "ENGINE_UNREACHABLE");
    expect(await panel.context.runtime.jobs.list()).toEqual([]);
  });

  test("two backups at once", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const copying = panel.faults.pauseNext("storage.copyOut");
    const { id } = await begin(panel);
    await copying.reached;
    await rejects(begin(panel), "BUSY");
    copying.resume();
    expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
    expect(await backUp(panel)).toMatchObject({ status: "succeeded" });
    expect(await panel.context.store.listBackups()).toHaveLength(2);
  });

  test("a disk on which there is no room, and how much is missing", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    panel.faults.onNext("storage.space", () => {
      throw new DomainError("DISK_FULL", "no room");
    });
    panel.faults.record();
    expect(await backUp(panel)).toMatchObject({ status: "failed", error: { reason: "DISK_FULL" } });
    expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.stop");
    await expectNothingLeft(panel, ["anna"]);
  });
});

test("an encrypted backup says so, and its passphrase is nowhere", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  const passphrase = "correct horse battery";
  const job = await backUp(panel, { encryption: { kind: "passphrase", passphrase } });
  expect(job.status).toBe("succeeded");
  const [backup] = await panel.context.store.listBackups();
  expect(backup?.encryption).toBe("passphrase");
  const database = await readFile(path.join(panel.home, "data/claw.db"));
  expect(database.includes(passphrase)).toBe(false);
  expect(panel.logged.join("")).not.toContain(passphrase);
});
