import assert from "node:assert/strict";
import test from "node:test";
import { exitCode, failureLines, lastLine, table } from "./report.mjs";

const results = [
  { name: "one", passed: 3, failed: 0, skipped: 0, seconds: "1.0" },
  { name: "two two", passed: 0, failed: 0, skipped: 1, seconds: "0.0", note: "docker: none" },
];

test("the last line counts all suites", () => {
  assert.equal(lastLine(results, false), "3 passed, 0 failed");
  assert.equal(lastLine(results, true), "3 passed, 1 failed");
});

test("the exit code is 0 only when something ran and nothing failed", () => {
  assert.equal(exitCode(results, false), 0);
  assert.equal(exitCode(results, true), 1);
  assert.equal(exitCode([], false), 1);
});

test("a skipped suite says why", () => {
  assert.match(table(results)[1], /^SKIP two two .*\(docker: none\)$/);
});

test("what failed is named by suite and test", () => {
  const failed = { ...results[0], failures: ["a.test.ts › adds: 1 is not 2"] };
  assert.deepEqual(failureLines([failed, results[1]]), ["FAIL one › a.test.ts › adds: 1 is not 2"]);
});
