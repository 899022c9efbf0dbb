import { locale } from "./i18n.ts";

/** Creating a formatter costs a hundred times as much as using it. */
function cached<Options extends object, Formatter>(
  make: (tag: string, options: Options) => Formatter,
): (options: Options) => Formatter {
  const known = new Map<string, Formatter>();
  return (options) => {
    const key = `${locale()} ${JSON.stringify(options)}`;
    const formatter = known.get(key) ?? make(locale(), options);
    known.set(key, formatter);
    return formatter;
  };
}

const numbers = cached(
  (tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);
const dates = cached(
  (tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);
const relatives = cached(
  (tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options),
);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Consistent with the texts: a space between a number and a Chinese unit. */
const spaced = (text: string) => text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");

export function formatNumber(value: number): string {
  return numbers({}).format(value);
}

export function formatPercent(fraction: number): string {
  return numbers({ style: "percent", maximumFractionDigits: 0 }).format(fraction);
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes in the largest unit that keeps the number at or above 1; 1 kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return numbers({
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/** The time of day to the second. */
export function formatTime(iso: string): string {
  return dates({ timeStyle: "medium" }).format(new Date(iso));
}

const BINARY_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Memory in the units of its limits: 1 KiB is 1,024 bytes, and `2g` is 2 GiB. */
export function formatMemory(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < BINARY_UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = numbers({ maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 });
  return `${digits.format(value)} ${BINARY_UNITS[step]}`;
}

/** Date and time to the second. */
export function formatExact(iso: string): string {
  return dates({
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(new Date(iso));
}

/** "3 minutes ago" under a day, a date above. */
export function formatWhen(iso: string, now: number): string {
  const elapsed = Math.max(0, now - Date.parse(iso));
  if (elapsed >= DAY)
    return dates({ dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  const ago = (value: number, unit: "hour" | "minute" | "second") =>
    spaced(relatives({ numeric: "auto" }).format(-Math.floor(value), unit));
  if (elapsed >= HOUR) return ago(elapsed / HOUR, "hour");
  if (elapsed >= MINUTE) return ago(elapsed / MINUTE, "minute");
  return ago(elapsed / 1000, "second");
}

/** A duration in its largest unit: "3 days", "5 min", "12 sec". */
export function formatDuration(milliseconds: number): string {
  const elapsed = Math.max(0, milliseconds);
  const inUnits = (value: number, unit: "day" | "hour" | "minute" | "second") =>
    spaced(numbers({ style: "unit", unit, unitDisplay: "short" }).format(Math.floor(value)));
  if (elapsed >= DAY) return inUnits(elapsed / DAY, "day");
  if (elapsed >= HOUR) return inUnits(elapsed / HOUR, "hour");
  if (elapsed >= MINUTE) return inUnits(elapsed / MINUTE, "minute");
  return inUnits(elapsed / 1000, "second");
}
