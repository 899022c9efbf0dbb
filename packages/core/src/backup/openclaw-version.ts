/**
 * True when `a` is a later OpenClaw release than `b`. Versions are calendar versions such as
 * `2026.9.6`, `2026.9.6-1` (a later build) or `2026.9.6-beta.1` (earlier). False when either is
 * unknown.
 */
export function isLaterVersion(a: string | null, b: string | null): boolean {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) return false;
  for (let part = 0; part < left.length; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Rank of a pre-release stage relative to the release and its later builds. */
const STAGES: Readonly<Record<string, number>> = { alpha: -3, beta: -2, rc: -1 };

const VERSION = /(\d{4})\.(\d{1,2})\.(\d{1,4})(?:-([a-z]+)?\.?(\d+)?)?/;

/** Year, month, number, stage, build; null when the text holds no version. */
function parse(text: string | null): number[] | null {
  const match = text === null ? null : VERSION.exec(text);
  if (!match) return null;
  const [, year, month, number, stage, build] = match;
  return [
    Number(year),
    Number(month),
    Number(number),
    stage === undefined ? 0 : (STAGES[stage] ?? -1),
    Number(build ?? 0),
  ];
}
