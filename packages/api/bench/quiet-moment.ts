import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const LOOK_MS = 1_000;
/** Share of the machine's CPU time that other work may take. */
const OTHERS_SHARE = 0.15;

/**
 * Waits until the machine has been nearly idle for a second, or `limitMs` are over: other work
 * comes in bursts, and between them numbers are worth more. Resolves with whether it was quiet.
 */
export async function quietMoment(limitMs: number, ownShare = 0): Promise<boolean> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    if ((await busyShare()) <= ownShare + OTHERS_SHARE) return true;
    if (performance.now() >= giveUpAt) return false;
  }
}

async function busyShare(): Promise<number> {
  const before = await cpuTimes();
  await delay(LOOK_MS);
  const after = await cpuTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

/** Ticks of all processors since the machine was started. */
async function cpuTimes(): Promise<{ all: number; idle: number }> {
  const [line = ""] = (await readFile("/proc/stat", "utf8")).split("\n");
  // user nice system idle iowait irq softirq steal; guests are counted in user already.
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { all: ticks.reduce((sum, each) => sum + each, 0), idle };
}
