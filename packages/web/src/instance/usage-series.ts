import type { Sample } from "../live/sample-ring.ts";

/** A chart's columns. */
export interface UsageSeries {
  /** Seconds since the epoch, ascending. */
  times: number[];
  cpu: (number | null)[];
  memory: (number | null)[];
  memoryLimit: (number | null)[];
  received: (number | null)[];
  sent: (number | null)[];
}

/** Samples as columns. A gap longer than `gapMs` becomes a row of nulls, which breaks the lines. */
export function usageSeries(samples: readonly Sample[], gapMs: number): UsageSeries {
  const series: UsageSeries = {
    times: [],
    cpu: [],
    memory: [],
    memoryLimit: [],
    received: [],
    sent: [],
  };
  let before: Sample | undefined;
  for (const sample of samples) {
    if (before && sample.at - before.at > gapMs) addRow(series, before.at + gapMs / 2, null);
    addRow(series, sample.at, sample);
    before = sample;
  }
  return series;
}

function addRow(series: UsageSeries, at: number, sample: Sample | null): void {
  series.times.push(at / 1000);
  series.cpu.push(sample?.cpu ?? null);
  series.memory.push(sample?.memory ?? null);
  series.memoryLimit.push(sample?.memoryLimit || null);
  series.received.push(sample?.received ?? null);
  series.sent.push(sample?.sent ?? null);
}
