import { once } from "node:events";
import type { Instance } from "@claw/core/instance";
import { describe, expect, test } from "vitest";
import type { ContainerEngine, ContainerStats } from "../../engine/engine.ts";
import { createLog } from "../../log.ts";
import { createStatsHub } from "./stats-hub.ts";
import type { StatusBoard } from "./status-board.ts";

const SAMPLE: ContainerStats = {
  cpuPercent: 1.5,
  memoryBytes: 600,
  memoryLimitBytes: 2_000,
  networkReceivedBytes: 1,
  networkSentBytes: 2,
};

/** An engine that counts how many streams of each instance are open. */
function countingHub(statuses: Record<string, Instance["status"]>, measures = true) {
  const open = new Map<string, number>();
  const opened: string[] = [];
  async function* stats(id: string, signal: AbortSignal): AsyncGenerator<ContainerStats> {
    open.set(id, (open.get(id) ?? 0) + 1);
    opened.push(id);
    try {
      yield SAMPLE;
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      open.set(id, (open.get(id) ?? 0) - 1);
    }
  }
  const list = () => Object.entries(statuses).map(([id, status]) => ({ id, status }));
  const hub = createStatsHub({
    engine: { stats, capabilities: { stats: measures } } as unknown as ContainerEngine,
    board: { list } as unknown as StatusBoard,
    log: createLog("silent"),
  });
  return { hub, open, opened };
}

async function first<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item;
  throw new Error("it ended");
}

describe("stats hub", () => {
  test("gives the use of the instances that run", async () => {
    const { hub } = countingHub({ anna: "running", bob: "stopped", carl: "starting" });
    await using _ = hub;
    const samples = await first(hub.watch(null, new AbortController().signal));
    expect(samples).toEqual([
      { id: "anna", ...SAMPLE },
      { id: "carl", ...SAMPLE },
    ]);
  });

  test("opens nothing on an engine that cannot measure", async () => {
    const { hub, opened } = countingHub({ anna: "running" }, false);
    await using _ = hub;
    expect(await first(hub.watch(null, new AbortController().signal))).toEqual([]);
    expect(opened).toEqual([]);
  });

  test("gives only what was asked for, and opens no other stream", async () => {
    const { hub, opened } = countingHub({ anna: "running", bob: "running" });
    await using _ = hub;
    expect(await first(hub.watch(["bob"], new AbortController().signal))).toHaveLength(1);
    expect(opened).toEqual(["bob"]);
  });

  test("two viewers share one stream, and the last one to leave closes it", async () => {
    const { hub, open, opened } = countingHub({ anna: "running" });
    const leave = new AbortController();
    const stay = hub.watch(null, leave.signal)[Symbol.asyncIterator]();
    await Promise.all([stay.next(), first(hub.watch(["anna"], leave.signal))]);
    expect(opened).toEqual(["anna"]);
    expect(open.get("anna")).toBe(1);
    leave.abort();
    await stay.next();
    await hub[Symbol.asyncDispose]();
    expect(open.get("anna")).toBe(0);
  });
});
