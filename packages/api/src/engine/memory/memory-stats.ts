import { setTimeout as delay } from "node:timers/promises";
import type { ContainerStats } from "../engine.ts";
import type { MemoryContainer } from "./memory-container.ts";

const EVERY_MS = 1_000;
const MEBIBYTE = 1024 ** 2;

/** Plausible gateway usage: a peak at the start, then idle with a slow wave. */
export async function* memoryStats(
  container: MemoryContainer,
  signal: AbortSignal,
): AsyncGenerator<ContainerStats> {
  for (let second = 0; container.isUp && !signal.aborted; second++) {
    const wave = Math.sin(second / 10) + Math.sin(second / 3.7) / 2;
    const start = Math.exp(-second / 8);
    yield {
      cpuPercent: 2 + Math.max(0, wave) + 120 * start,
      memoryBytes: (612 + 6 * wave + 260 * start) * MEBIBYTE,
      memoryLimitBytes: container.workload.limits.memoryBytes,
      networkReceivedBytes: 2_000 + second * 900,
      networkSentBytes: 1_000 + second * 400,
    };
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
