import { DomainError } from "@claw/core/errors";
import type { LogCursor, LogLine } from "@claw/core/log-cursor";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { followLogs } from "./follow-logs.ts";
import type { LineBatch } from "./line-buffer.ts";
import { removeInstance } from "./remove-instance.ts";
import { restartInstance } from "./restart-instance.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

async function setUp(options: TestAppOptions = {}, start = true) {
  const panel = await createTestPanel({
    ...options,
    timing: { heartbeatMs: 60_000, ...options.timing },
  });
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

/** A viewer that keeps what it is given. */
function follow(panel: TestPanel, options: { tail?: number; after?: LogCursor | null } = {}) {
  const leaving = new AbortController();
  const input = { id: "anna", tail: options.tail ?? 200, after: options.after ?? null };
  const batches = followLogs(panel.context, input, leaving.signal);
  const lines: LogLine[] = [];
  let last: LineBatch | undefined;
  const done = (async () => {
    for await (const batch of batches) {
      lines.push(...batch.lines);
      last = batch;
    }
  })();
  done.catch(() => undefined);
  const texts = () => lines.map(({ text }) => text);
  return {
    texts,
    lines,
    done,
    last: () => last,
    /** Waits until this line was given. */
    sees: (text: string) => eventually(() => expect(texts()).toContain(text)),
    async leave() {
      leaving.abort();
      await done;
    },
  };
}

const write = (panel: TestPanel, ...texts: string[]) => {
  for (const text of texts) panel.engine.write("anna", "stdout", text);
};

const counted = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `n${from + n}`);

describe("a viewer", () => {
  test("is given the last lines, then each new one", async () => {
    await using panel = await setUp();
    write(panel, ...counted(0, 300));
    const viewer = follow(panel, { tail: 10 });
    await viewer.sees("n299");
    write(panel, "new");
    panel.engine.write("anna", "stderr", "and on stderr");
    await viewer.sees("and on stderr");
    expect(viewer.texts()).toEqual([...counted(290, 300), "new", "and on stderr"]);
    expect(viewer.lines.at(-1)?.stream).toBe("stderr");
    await viewer.leave();
  });

  test("of an instance that is not there is refused", async () => {
    await using panel = await createTestPanel();
    await rejects(follow(panel).done, "INSTANCE_NOT_FOUND");
  });

  test("of an instance that is silent is given a place to come back to", async () => {
    await using panel = await setUp({}, false);
    const viewer = follow(panel);
    await eventually(() => expect(viewer.last()).toMatchObject({ lines: [], skipped: 0 }));
    await viewer.leave();
    const back = follow(panel, { after: viewer.last()?.cursor ?? null });
    await startInstance(panel.context, "anna");
    await back.sees("[gateway] ready");
    expect(back.texts()[0]).toBe("[gateway] loading configuration…");
    await back.leave();
  });

  test("that wants no old lines is given none, also after the next start", async () => {
    await using panel = await setUp();
    write(panel, "old");
    await stopInstance(panel.context, "anna");
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    await startInstance(panel.context, "anna");
    await viewer.sees("[gateway] ready");
    expect(viewer.texts()).toEqual(["[gateway] loading configuration…", "[gateway] ready"]);
    await viewer.leave();
  });

  test("that wants no old lines comes back to where they ended, however slow the engine was", async () => {
    await using panel = await setUp();
    write(panel, "old");
    await panel.until("anna", "running");
    const engine = panel.faults.pauseNext("engine.logs");
    const viewer = follow(panel, { tail: 0 });
    await engine.reached;
    const pausedAt = performance.now();
    await eventually(() => expect(performance.now() - pausedAt).toBeGreaterThan(400));
    engine.resume();
    await eventually(() => expect(viewer.last()).toBeDefined());
    await viewer.leave();
    const back = follow(panel, { after: viewer.last()?.cursor ?? null });
    write(panel, "new");
    await back.sees("new");
    expect(back.texts()).toEqual(["new"]);
    await back.leave();
  });

  test("that leaves ends the engine's stream", async () => {
    await using panel = await setUp();
    const viewer = follow(panel);
    await viewer.sees("[gateway] ready");
    await viewer.leave();
    expect(panel.faults.cutStreams("engine.logs")).toBe(0);
  });

  test("that was never read from ends the engine's stream, too", async () => {
    await using panel = await setUp();
    const leaving = new AbortController();
    const batches = followLogs(panel.context, { id: "anna", tail: 1, after: null }, leaving.signal);
    await batches.next();
    await batches.return(undefined);
    expect(panel.faults.cutStreams("engine.logs")).toBe(0);
  });

  test("is left when the panel ends", async () => {
    const panel = await setUp();
    const viewer = follow(panel);
    await viewer.sees("[gateway] ready");
    await panel[Symbol.asyncDispose]();
    await viewer.done;
  });

  test("does not take lines from another", async () => {
    await using panel = await setUp();
    const viewers = Array.from({ length: 8 }, () => follow(panel, { tail: 0 }));
    for (const viewer of viewers) await eventually(() => expect(viewer.last()).toBeDefined());
    write(panel, ...counted(0, 1_000));
    for (const viewer of viewers) {
      await viewer.sees("n999");
      expect(viewer.texts()).toEqual(counted(0, 1_000));
      await viewer.leave();
    }
  });
});

describe("nothing is lost and nothing comes twice", () => {
  test("over many cuts of a viewer that resumes", async () => {
    await using panel = await setUp();
    let cursor: LogCursor | null = null;
    const seen: string[] = [];
    let written = 0;
    for (let cut = 0; cut < 30; cut++) {
      const leaving = new AbortController();
      const input = { id: "anna", tail: 0, after: cursor };
      const batches = followLogs(panel.context, input, leaving.signal);
      if (cursor === null) cursor = ((await batches.next()).value as LineBatch).cursor;
      for (; written < (cut + 1) * 100; written++)
        panel.engine.write("anna", written % 3 ? "stdout" : "stderr", `n${written}`);
      // Some cuts come before anything was read, some after a part of it.
      if (cut % 3 > 0) {
        const batch = (await batches.next()).value as LineBatch;
        seen.push(...batch.lines.map(({ text }) => text));
        cursor = batch.cursor;
      }
      leaving.abort();
      await batches.return(undefined);
    }
    const rest = follow(panel, { after: cursor });
    await rest.sees(`n${written - 1}`);
    await rest.leave();
    expect([...seen, ...rest.texts()]).toEqual(counted(0, written));
  });

  test("over stops, starts and restarts of the instance", async () => {
    await using panel = await setUp();
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    write(panel, "one");
    await stopInstance(panel.context, "anna");
    await startInstance(panel.context, "anna");
    await panel.until("anna", "running");
    write(panel, "two");
    await restartInstance(panel.context, "anna");
    await panel.until("anna", "running");
    write(panel, "three");
    await viewer.sees("three");
    const run = ["[gateway] loading configuration…", "[gateway] ready"];
    const end = "[gateway] received SIGTERM; shutting down";
    expect(viewer.texts()).toEqual(["one", end, ...run, "two", end, ...run, "three"]);
    await viewer.leave();
  });

  test("over the crashes of an instance that is started again and again", async () => {
    await using panel = await setUp({ timing: { restartDelayMs: 5 } });
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    for (let crash = 0; crash < 4; crash++) {
      write(panel, `before crash ${crash}`);
      panel.engine.killOutside("anna", 1, true);
      await panel.context.runtime.live.board.until(
        "anna",
        (now) => now?.status === "running" && now.restartCount > crash,
        AbortSignal.timeout(5_000),
      );
    }
    write(panel, "end");
    await viewer.sees("end");
    const crashes = viewer.texts().filter((text) => text.startsWith("before"));
    expect(crashes).toEqual([0, 1, 2, 3].map((n) => `before crash ${n}`));
    expect(viewer.texts().filter((text) => text === "[gateway] ready")).toHaveLength(4);
    await viewer.leave();
  });

  test("over a container that is replaced", async () => {
    await using panel = await setUp();
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    write(panel, "of the first");
    await viewer.sees("of the first");
    panel.engine.removeOutside("anna");
    await panel.until("anna", "error");
    await startInstance(panel.context, "anna");
    await panel.until("anna", "running");
    write(panel, "of the second");
    await viewer.sees("of the second");
    expect(viewer.texts().filter((text) => text.startsWith("of the"))).toEqual([
      "of the first",
      "of the second",
    ]);
    await viewer.leave();
  });

  test("over a loss of the engine", async () => {
    await using panel = await setUp();
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    write(panel, "before");
    await viewer.sees("before");
    panel.engine.setReachable(false);
    panel.faults.cutStreams("engine.logs", new DomainError("ENGINE_UNREACHABLE", "gone"));
    await panel.until("anna", "unknown");
    write(panel, "meanwhile");
    panel.engine.setReachable(true);
    write(panel, "after");
    await viewer.sees("after");
    expect(viewer.texts()).toEqual(["before", "meanwhile", "after"]);
    await viewer.leave();
  });

  test.each([
    ["breaks", new DomainError("ENGINE_UNREACHABLE", "the connection broke")],
    ["ends", undefined],
  ])("when the engine's stream %s while the instance runs", async (_, error) => {
    await using panel = await setUp();
    const viewer = follow(panel, { tail: 0 });
    await eventually(() => expect(viewer.last()).toBeDefined());
    for (let cut = 0; cut < 2; cut++) {
      write(panel, `before ${cut}`);
      await viewer.sees(`before ${cut}`);
      await eventually(() =>
        expect(panel.faults.cutStreams("engine.logs", error)).toBeGreaterThan(0),
      );
      write(panel, `after ${cut}`);
      await viewer.sees(`after ${cut}`);
    }
    expect(viewer.texts()).toEqual(["before 0", "after 0", "before 1", "after 1"]);
    await viewer.leave();
  });
});

describe("the end", () => {
  test("comes when the instance is deleted", async () => {
    await using panel = await setUp();
    const viewer = follow(panel);
    await viewer.sees("[gateway] ready");
    await removeInstance(panel.context, { id: "anna", deleteData: true });
    await viewer.done;
    expect(viewer.texts().at(-1)).toBe("[gateway] received SIGTERM; shutting down");
  });

  test("comes also for a viewer of an instance without a container", async () => {
    await using panel = await setUp();
    panel.engine.removeOutside("anna");
    await panel.until("anna", "error");
    const viewer = follow(panel);
    await eventually(() => expect(viewer.last()).toBeDefined());
    await removeInstance(panel.context, { id: "anna", deleteData: true });
    await viewer.done;
  });

  test("is an error that the engine cannot get over", async () => {
    await using panel = await setUp();
    panel.faults.failNext("engine.logs", new DomainError("ENGINE_FAILED", "no such driver"));
    await rejects(follow(panel).done, "ENGINE_FAILED");
  });
});

describe("a viewer that does not read", () => {
  test("is waited for, then left behind; what it missed is counted", async () => {
    await using panel = await setUp();
    write(panel, ...counted(0, 40_000));
    const leaving = new AbortController();
    const input = { id: "anna", tail: 40_000, after: null };
    const slow = followLogs(panel.context, input, leaving.signal);
    const first = (await slow.next()).value as LineBatch;
    const seen = first.lines.map(({ text }) => text);
    let skipped = 0;
    const stalledAt = performance.now();
    await eventually(() => expect(performance.now() - stalledAt).toBeGreaterThan(5_500), 10_000);
    for await (const batch of slow) {
      expect(batch.lines.length).toBeLessThanOrEqual(500);
      seen.push(...batch.lines.map(({ text }) => text));
      skipped += batch.skipped;
      if (seen.at(-1) === "n39999") break;
    }
    expect(skipped).toBeGreaterThan(20_000);
    expect(seen.length + skipped).toBe(40_000);
    expect(new Set(seen).size).toBe(seen.length);
    leaving.abort();
  });
});
