import type { LogLine } from "@claw/core/log-cursor";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { followLogs } from "../instance/follow-logs.ts";
import { readOlderLogs } from "../instance/read-older-logs.ts";
import { MOST_READ } from "./log-reads.ts";
import { createLogTails } from "./log-tails.ts";

const AFTER_ALL = "2999-01-01T00:00:00.000000000Z";

async function setUp(...ids: string[]) {
  const panel = await createTestPanel({ timing: { heartbeatMs: 600_000 } });
  for (const id of ids) {
    await createInstance(panel.context, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  return panel;
}

/** Counts the readings of logs that are open, and the most that were at a time. */
function count(panel: TestPanel) {
  const counts = { open: 0, most: 0, following: 0 };
  const { engine } = panel;
  const read = engine.logs.bind(engine);
  engine.logs = async function* (id, query) {
    counts.open += 1;
    counts.most = Math.max(counts.most, counts.open);
    if (query.follow) counts.following += 1;
    try {
      // As slow as a real one, so that those which are not held back overlap.
      await new Promise((resolve) => setImmediate(resolve));
      yield* read(id, query);
    } finally {
      counts.open -= 1;
      if (query.follow) counts.following -= 1;
    }
  };
  return counts;
}

function view(panel: TestPanel, id: string, tail: number) {
  const leaving = new AbortController();
  const lines: LogLine[] = [];
  let begun = false;
  const done = (async () => {
    const input = { id, tail, after: null };
    for await (const batch of followLogs(panel.context, input, leaving.signal)) {
      begun = true;
      lines.push(...batch.lines);
    }
  })();
  return {
    texts: () => lines.map(({ text }) => text),
    begun: () => begun,
    async leave() {
      leaving.abort();
      await done;
    },
  };
}

describe("1,500 viewers of one instance", () => {
  test("share one stream, have few readings beside it, and miss nothing", {
    timeout: 60_000,
  }, async () => {
    await using panel = await setUp("anna");
    const counts = count(panel);
    for (let n = 0; n < 50; n++) panel.engine.write("anna", "stdout", `old ${n}`);
    const viewers = Array.from({ length: 1_500 }, (_, n) => view(panel, "anna", n % 20));
    await eventually(() => expect(viewers.every(({ begun }) => begun())).toBe(true), 30_000);
    expect(counts.most).toBeLessThanOrEqual(1 + MOST_READ);
    await eventually(() => expect(counts.open).toBe(1), 30_000);
    panel.engine.write("anna", "stderr", "new");
    await eventually(
      () => expect(viewers.every(({ texts }) => texts().at(-1) === "new")).toBe(true),
      30_000,
    );
    for (const [n, viewer] of viewers.entries()) {
      const old = Array.from({ length: n % 20 }, (_, at) => `old ${50 - (n % 20) + at}`);
      expect(viewer.texts()).toEqual([...old, "new"]);
    }
    const [last, ...others] = viewers;
    await Promise.all(others.map((viewer) => viewer.leave()));
    expect(counts.following).toBe(1);
    await last?.leave();
    expect(counts.open).toBe(0);
  });

  test("that page back have few readings", async () => {
    await using panel = await setUp("anna");
    const counts = count(panel);
    const { signal } = new AbortController();
    const input = { id: "anna", before: AFTER_ALL, limit: 10 };
    await Promise.all(
      Array.from({ length: 300 }, () => readOlderLogs(panel.context, input, signal)),
    );
    expect(counts.most).toBeLessThanOrEqual(MOST_READ);
  });
});

test("a viewer that falls behind the shared stream holds up nobody and reads what it missed", {
  timeout: 60_000,
}, async () => {
  await using panel = await setUp("anna");
  const leaving = new AbortController();
  const slow = followLogs(panel.context, { id: "anna", tail: 0, after: null }, leaving.signal);
  await slow.next();
  const fast = view(panel, "anna", 0);
  await eventually(() => expect(fast.begun()).toBe(true));
  const written = Array.from({ length: 12_000 }, (_, n) => `n${n}`);
  for (let n = 0; n < written.length; n += 500) {
    for (const text of written.slice(n, n + 500)) panel.engine.write("anna", "stdout", text);
    await eventually(() => expect(fast.texts().at(-1)).toBe(written[n + 499]));
  }
  const seen: string[] = [];
  for await (const { lines, skipped } of slow) {
    expect(skipped).toBe(0);
    seen.push(...lines.map(({ text }) => text));
    if (seen.at(-1) === written.at(-1)) break;
  }
  expect(seen).toEqual(written);
  leaving.abort();
  await fast.leave();
});

test("as many logs as are possible are followed; another one is refused, and one that ends makes room", async () => {
  await using panel = await setUp("anna", "ben", "carl");
  const { board } = panel.context.runtime.live;
  const { engine } = panel;
  const ended = new AbortController();
  const tails = createLogTails({ engine, board, signal: ended.signal, most: 2 });
  const { signal } = new AbortController();
  const anna = tails.join("anna", signal);
  const ben = tails.join("ben", signal);
  const another = tails.join("anna", signal);
  const refused = (async () => tails.join("carl", signal))();
  const { message } = await rejects(refused, "TOO_MANY_STREAMS");
  expect(message).toContain("The logs of 2 instances are followed already");
  await anna[Symbol.asyncDispose]();
  await rejects((async () => tails.join("carl", signal))(), "TOO_MANY_STREAMS");
  await another[Symbol.asyncDispose]();
  const carl = tails.join("carl", signal);
  expect(await carl.begin()).not.toBeNull();
  ended.abort();
  await tails[Symbol.asyncDispose]();
  expect(await ben.take()).toBeNull();
});
