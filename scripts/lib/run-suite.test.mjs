import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { tapCounts } from "./counts.mjs";
import { runSuite } from "./run-suite.mjs";

async function runCode(t, code, extra = {}) {
  const reports = await mkdtemp(path.join(os.tmpdir(), "suite-"));
  t.after(() => rm(reports, { recursive: true }));
  const suite = {
    name: "s",
    needs: [],
    report: "s.tap",
    command: ({ node, reportFile }) => ({
      file: node,
      args: ["-e", `const report = ${JSON.stringify(reportFile)}; ${code}`],
      cwd: reports,
    }),
    counts: ({ report }) => tapCounts(report),
    ...extra,
  };
  return runSuite(suite, { node: process.execPath, env: process.env, reports, onChild: () => {} });
}

test("counts come from the report", async (t) => {
  const code = `require("fs").writeFileSync(report, "# pass 2\\n# fail 0\\n")`;
  assert.deepEqual(await runCode(t, code), { passed: 2, failed: 0, skipped: 0, failures: [] });
});

test("a runner that dies before its report is one failure", async (t) => {
  const result = await runCode(t, "process.exit(7)");
  assert.deepEqual([result.passed, result.failed, result.note], [0, 1, "ended with 7"]);
});

test("a runner that hangs is stopped, and its own children with it", async (t) => {
  const code = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"],
    { stdio: "inherit" }); setInterval(() => {}, 1000)`;
  const result = await runCode(t, code, { minutes: 0.5 / 60 });
  assert.equal(result.failed, 1);
  assert.match(result.note, /stopped after/);
});
