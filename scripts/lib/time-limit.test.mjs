import assert from "node:assert/strict";
import test from "node:test";
import { exitCode, failureLines, lastLine, table } from "./report.mjs";
import { timeResult } from "./time-limit.mjs";

const suite = { name: "one", passed: 3, failed: 0, skipped: 0, seconds: "1.0" };

test("a run of 50 minutes passes", () => {
  const results = [suite, timeResult(50 * 60)];
  assert.equal(exitCode(results, true), 0);
  assert.equal(lastLine(results, true), "4 passed, 0 failed");
});

test("a run of more than 50 minutes fails although every suite passed, and says why", () => {
  const results = [suite, timeResult(50 * 60 + 30)];
  assert.equal(exitCode(results, true), 1);
  assert.equal(lastLine(results, true), "3 passed, 1 failed");
  assert.match(
    table(results)[1],
    /^FAIL within 50 minutes .* 3030\.0 s \(the run took 50\.5 minutes/,
  );
  assert.match(failureLines(results)[0], /^FAIL within 50 minutes › the run took 50\.5 minutes/);
});
