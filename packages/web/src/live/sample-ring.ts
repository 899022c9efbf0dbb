/** Usage of an instance, or of all together, at a time. */
export interface Sample {
  /** Milliseconds since the epoch. */
  at: number;
  /** 100 is one processor. */
  cpu: number;
  /** Bytes. */
  memory: number;
  memoryLimit: number;
  /** Bytes per second; null without an earlier sample. */
  received: number | null;
  sent: number | null;
}

export const RECENT_MS = 5 * 60_000;
export const HOUR_MS = 60 * 60_000;
const BUCKET_MS = 20_000;

/**
 * The last five minutes in full, and the last hour as averages of 20 seconds. Bounded by time,
 * because samples pause while the page is hidden and may arrive faster after a cut.
 */
export function createSampleRing() {
  const recent: Sample[] = [];
  const averages: Sample[] = [];
  let bucket: Sample[] = [];

  const push = (sample: Sample) => {
    const first = bucket[0];
    if (first && Math.floor(first.at / BUCKET_MS) !== Math.floor(sample.at / BUCKET_MS)) {
      averages.push(averageOf(bucket));
      bucket = [];
    }
    bucket.push(sample);
    recent.push(sample);
    dropBefore(recent, sample.at - RECENT_MS);
    dropBefore(averages, sample.at - HOUR_MS);
  };
  return {
    push,
    recent: (): readonly Sample[] => [...recent],
    /** Includes the incomplete last bucket, so that the newest minute is not missing. */
    hour: (): readonly Sample[] =>
      bucket.length > 0 ? [...averages, averageOf(bucket)] : [...averages],
  };
}

/** The mean of samples, of which there is at least one. */
export function averageOf(samples: readonly Sample[]): Sample {
  const mean = (read: (sample: Sample) => number | null) => {
    const values = samples.map(read).filter((value) => value !== null);
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  };
  return {
    at: mean((sample) => sample.at) ?? 0,
    cpu: mean((sample) => sample.cpu) ?? 0,
    memory: mean((sample) => sample.memory) ?? 0,
    memoryLimit: mean((sample) => sample.memoryLimit) ?? 0,
    received: mean((sample) => sample.received),
    sent: mean((sample) => sample.sent),
  };
}

/** The sum of simultaneous samples. */
export function sumOf(samples: readonly Sample[], at: number): Sample {
  const add = (a: number | null, b: number | null) => (b === null ? a : (a ?? 0) + b);
  return samples.reduce<Sample>(
    (sum, one) => ({
      at,
      cpu: sum.cpu + one.cpu,
      memory: sum.memory + one.memory,
      memoryLimit: sum.memoryLimit + one.memoryLimit,
      received: add(sum.received, one.received),
      sent: add(sum.sent, one.sent),
    }),
    { at, cpu: 0, memory: 0, memoryLimit: 0, received: null, sent: null },
  );
}

function dropBefore(samples: Sample[], moment: number): void {
  const keep = samples.findIndex((sample) => sample.at >= moment);
  if (keep !== 0) samples.splice(0, keep < 0 ? samples.length : keep);
}
