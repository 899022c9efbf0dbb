import { formatBytes } from "./format.ts";
import { locale } from "./i18n.ts";

const percents = new Map<string, Intl.NumberFormat>();
const smallRates = new Map<string, Intl.NumberFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Processor time, 100 being one processor: "1.8%", "24%", "320%". */
export function formatCpu(percent: number): string {
  const digits = percent < 9.95 ? 1 : 0;
  const key = `${locale()} ${digits}`;
  const format =
    percents.get(key) ??
    new Intl.NumberFormat(locale(), {
      style: "percent",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  percents.set(key, format);
  return format.format(percent / 100);
}

/**
 * "0.4 kB/s", "12 kB/s", "3.1 MB/s": never in bytes, whose unit would be longer than the number.
 */
export function formatRate(bytesPerSecond: number): string {
  if (bytesPerSecond >= 1000) return `${formatBytes(bytesPerSecond)}/s`;
  const format =
    smallRates.get(locale()) ??
    new Intl.NumberFormat(locale(), {
      style: "unit",
      unit: "kilobyte",
      unitDisplay: "short",
      maximumFractionDigits: 1,
    });
  smallRates.set(locale(), format);
  return `${format.format(bytesPerSecond / 1000)}/s`;
}

/** The time of day, to the minute or the second. */
export function formatClock(milliseconds: number, withSeconds = false): string {
  const key = `${locale()} ${withSeconds}`;
  const format =
    clocks.get(key) ??
    new Intl.DateTimeFormat(locale(), {
      hour: "2-digit",
      minute: "2-digit",
      ...(withSeconds ? { second: "2-digit" } : {}),
    });
  clocks.set(key, format);
  return format.format(milliseconds);
}
