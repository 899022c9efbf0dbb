import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Linux counts CPU time in ticks of a hundredth of a second. */
const TICKS_PER_SECOND = 100;
const SAMPLE_EVERY_MS = 200;
const MEGABYTE = 1_000_000;

/** CPU seconds that a process has used so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory of a process that is in RAM, in megabytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return (kilobytes * 1024) / MEGABYTE;
}

export interface Usage {
  /** Share of one core. */
  cpuPercent: number;
  peakMegabytes: number;
  medianMegabytes: number;
}

/** Watches a process for a while. */
export async function usageOver(pid: number, milliseconds: number): Promise<Usage> {
  const begun = performance.now();
  const cpuBefore = await cpuSeconds(pid);
  const memory: number[] = [];
  while (performance.now() - begun < milliseconds) {
    memory.push(await residentMegabytes(pid));
    await delay(SAMPLE_EVERY_MS);
  }
  const seconds = (performance.now() - begun) / 1000;
  const sorted = memory.sort((a, b) => a - b);
  return {
    cpuPercent: (100 * ((await cpuSeconds(pid)) - cpuBefore)) / seconds,
    peakMegabytes: sorted.at(-1) ?? Number.NaN,
    medianMegabytes: sorted[sorted.length >> 1] ?? Number.NaN,
  };
}
