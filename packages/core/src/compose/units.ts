/** Compose's notation of durations and sizes, as numbers. */

const MAX_SECONDS = Math.floor(2 ** 63 / 1e9);
const DURATION_UNIT = new Map([
  ["us", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
]);

/** Seconds of a Compose duration such as `1m30s`, or null when malformed. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/.test(text)) return null;
  let seconds = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g))
    seconds += Number(amount) * (DURATION_UNIT.get(unit) ?? Number.NaN);
  // Engines count nanoseconds in 64 bits.
  return seconds <= MAX_SECONDS ? seconds : null;
}

/** Each unit is 1,024 of the one before it. */
const SIZE_UNITS = ["b", "k", "m", "g"];

/** Bytes of a Compose size such as `2g` or `512mb`, or null when malformed. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(?:([kmg])b?|b)?$/i.exec(text);
  if (!match) return null;
  const power = SIZE_UNITS.indexOf((match[2] ?? "b").toLowerCase());
  const bytes = Math.floor(Number(match[1]) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
