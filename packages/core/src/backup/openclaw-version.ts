/**
 * True when `a` is a later release of OpenClaw than `b`: calendar versions such as `2026.9.6`,
 * `2026.9.6-1` (a later build of it) or `2026.9.6-beta.1` (before it). False when either cannot
 * be told.
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

/** Where a stage of a release stands beside the release itself and its later builds. */
const STAGES: Readonly<Record<string, number>> = { alpha: -3, beta: -2, rc: -1 };

const VERSION = /(\d{4})\.(\d{1,2})\.(\d{1,4})(?:-([a-z]+)?\.?(\d+)?)?/;

/** Year, month, number, stage, build; null when there is no version in the text. */
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
