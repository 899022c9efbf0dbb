/** The time limit of a complete run, which keeps it from growing unnoticed. */

const LIMIT_MINUTES = 50;

/** A run's own time, set-up included, as one more result. */
export function timeResult(seconds, limitMinutes = LIMIT_MINUTES) {
  const inTime = seconds <= limitMinutes * 60;
  const minutes = (seconds / 60).toFixed(1);
  const result = {
    name: `within ${limitMinutes} minutes`,
    passed: inTime ? 1 : 0,
    failed: inTime ? 0 : 1,
    skipped: 0,
    seconds: seconds.toFixed(1),
  };
  if (inTime) return result;
  const why = `the run took ${minutes} minutes: make the dearest tests cheaper`;
  return { ...result, note: why, failures: [why] };
}
