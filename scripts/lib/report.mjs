/** The final report of `npm test`. */
import { total } from "./counts.mjs";

const width = (rows) => Math.max(...rows.map(({ name }) => name.length));

/**
 * One line per suite: name, passed, failed, skipped, seconds, and the reason for anything unusual.
 */
export function table(results) {
  const column = width(results);
  return results.map(({ name, passed, failed, skipped, seconds, note }) => {
    const state = failed > 0 ? "FAIL" : skipped > 0 ? "SKIP" : "ok";
    const numbers = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    return `${state.padEnd(5)}${name.padEnd(column)}  ${numbers}, ${seconds} s${note ? ` (${note})` : ""}`;
  });
}

/** Each failed test by suite, to save searching a long output. */
export function failureLines(results) {
  return results.flatMap(({ name, failures = [] }) =>
    failures.map((failure) => `FAIL ${name} › ${failure}`),
  );
}

/** The last line, which other programs read. */
export function lastLine(results, strict) {
  const { passed, failed } = total(results, strict);
  return `${passed} passed, ${failed} failed`;
}

export function exitCode(results, strict) {
  return results.length === 0 || total(results, strict).failed > 0 ? 1 : 0;
}
