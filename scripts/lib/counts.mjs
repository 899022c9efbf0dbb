/** Counts passed, failed and skipped tests in a test runner's output. */

/**
 * vitest's JSON report. A file that could not be loaded counts as one failure; undefined without a
 * report.
 */
export function vitestCounts(json) {
  if (json === undefined) return undefined;
  const report = JSON.parse(json);
  const broken = report.testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The summary lines at the end of node:test's TAP report. */
export function tapCounts(tap) {
  if (tap === undefined) return undefined;
  const last = (name) => {
    const found = [...tap.matchAll(new RegExp(`^# ${name} (\\d+)$`, "gm"))].at(-1);
    return found ? Number(found[1]) : 0;
  };
  return {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
  };
}

/**
 * A suite's counts, given its runner's exit code: a failed run without a failing test, and a run
 * without any test, count as one failure each.
 */
export function suiteResult(code, counts) {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (failed > 0) return { passed, failed, skipped };
  if (code !== 0) return { passed, failed: 1, skipped, note: `ended with ${code}` };
  if (passed === 0) return { passed, failed: 1, skipped, note: "ran no test" };
  return { passed, failed, skipped };
}

/** All suites together; where nothing may be skipped (CI), a skipped test is a failure. */
export function total(results, strict) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    sum.passed += result.passed;
    sum.failed += result.failed;
    sum.skipped += result.skipped;
  }
  return strict ? { ...sum, failed: sum.failed + sum.skipped } : sum;
}
