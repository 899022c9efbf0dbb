import { locale } from "./i18n.ts";

/** A local day: "today", "yesterday", or its date with the weekday. */
export function formatDay(moment: number, now: number): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Rounded, because days with a clock change have 23 or 25 hours.
  const ago = Math.round((midnight(now) - midnight(moment)) / 86_400_000);
  if (ago === 0 || ago === 1)
    return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-ago, "day");
  return new Intl.DateTimeFormat(locale(), {
    weekday: "short",
    year: "numeric",
    month: "long",
    day: "numeric",
  }).format(moment);
}

/** The time in `zone`; in the local zone if the browser does not know it. */
export function formatInZone(iso: string, zone: string): string {
  const options = { dateStyle: "full", timeStyle: "short" } as const;
  try {
    return new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone }).format(new Date(iso));
  } catch {
    return new Intl.DateTimeFormat(locale(), options).format(new Date(iso));
  }
}
