import assert from "node:assert/strict";
import test from "node:test";
import { suiteResult, tapCounts, total, vitestCounts } from "./counts.mjs";

const report = (fields) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...fields,
  });

test("vitest: passed, failed, skipped and todo", () => {
  const json = report({
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
  });
  assert.deepEqual(vitestCounts(json), { passed: 5, failed: 1, skipped: 3 });
  assert.equal(vitestCounts(undefined), undefined);
});

test("vitest: a file that could not be loaded counts as one failure", () => {
  const json = report({
    numPassedTests: 1,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  });
  assert.equal(vitestCounts(json).failed, 1);
});

test("TAP: the summary at the end, cancelled tests are failures", () => {
  const tap =
    "# fail 9\nok 1\n# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n";
  assert.deepEqual(tapCounts(tap), { passed: 3, failed: 2, skipped: 1 });
});

test("a run that ends badly, or runs nothing, is a failure", () => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  assert.equal(suiteResult(1, { passed: 9, failed: 0, skipped: 0 }).failed, 1);
  assert.equal(suiteResult(1, undefined).failed, 1);
  assert.equal(suiteResult(0, none).failed, 1);
  assert.equal(suiteResult(0, { ...none, skipped: 4 }).failed, 1);
  assert.equal(suiteResult(1, { passed: 1, failed: 2, skipped: 0 }).failed, 2);
  assert.deepEqual(suiteResult(0, { passed: 3, failed: 0, skipped: 1 }), {
    passed: 3,
    failed: 0,
    skipped: 1,
  });
});

test("what was skipped is a failure where nothing may be skipped", () => {
  const results = [
    { passed: 2, failed: 0, skipped: 1 },
    { passed: 3, failed: 1, skipped: 0 },
  ];
  assert.deepEqual(total(results, false), { passed: 5, failed: 1, skipped: 1 });
  assert.equal(total(results, true).failed, 2);
});
