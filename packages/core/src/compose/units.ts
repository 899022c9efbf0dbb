/** Compose's notation of durations and sizes, as numbers. */

const MAX_SECONDS = Math.floor(2 ** 63 / 1e9);
const DURATION_UNIT = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;

/** Seconds of a Compose duration such as `1m30s`, or null when malformed. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/.test(text)) return null;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g))
    seconds += Number(amount) * DURATION_UNIT[unit as keyof typeof DURATION_UNIT];
  // Engines count nanoseconds in 64 bits.
  return seconds <= MAX_SECONDS ? seconds : null;
}

const SIZE_UNIT = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const;

/** Bytes of a Compose size such as `2g` or `512mb`, or null when malformed. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(?:([kmg])b?|b)?$/i.exec(text);
  if (!match) return null;
  const unit = (match[2] ?? "b").toLowerCase() as keyof typeof SIZE_UNIT;
  const bytes = Math.floor(Number(match[1]) * SIZE_UNIT[unit]);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
