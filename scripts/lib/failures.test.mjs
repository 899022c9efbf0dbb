import assert from "node:assert/strict";
import test from "node:test";
import { tapFailures, vitestFailures } from "./failures.mjs";

const file = (fields) => ({ name: "/x/list.test.ts", status: "failed", message: "", ...fields });
const report = (...testResults) => JSON.stringify({ testResults });

test("vitest: the file, the test and the reason in one line, without colours and stack", () => {
  const failed = {
    fullName: "list opens",
    status: "failed",
    failureMessages: ["Error: \u001b[31mexpected\u001b[39m 1\n\n  to be 2\n    at here.ts:1:1"],
  };
  const passed = { fullName: "list shuts", status: "passed", failureMessages: [] };
  assert.deepEqual(vitestFailures(report(file({ assertionResults: [passed, failed] }))), [
    "list.test.ts › list opens: Error: expected 1 to be 2",
  ]);
});

test("vitest: each reason of a test once, that of its clean-up too", () => {
  const failed = {
    fullName: "list opens",
    status: "failed",
    failureMessages: ["Error: no list", "Error: no list", "Error: the panel is gone"],
  };
  assert.deepEqual(vitestFailures(report(file({ assertionResults: [failed] }))), [
    "list.test.ts › list opens: Error: no list | Error: the panel is gone",
  ]);
});

test("vitest: a file that could not be loaded", () => {
  const broken = file({ assertionResults: [], message: "SyntaxError: no" });
  assert.deepEqual(vitestFailures(report(broken)), ["list.test.ts: SyntaxError: no"]);
});

test("vitest: nothing failed, or there is no report", () => {
  assert.deepEqual(vitestFailures(report(file({ status: "passed", assertionResults: [] }))), []);
  assert.deepEqual(vitestFailures(undefined), []);
});

test("TAP: the names", () => {
  assert.deepEqual(tapFailures("ok 1 - a\nnot ok 2 - b # todo\n    not ok 1 - c d\n"), [
    "b",
    "c d",
  ]);
  assert.deepEqual(tapFailures(undefined), []);
});
