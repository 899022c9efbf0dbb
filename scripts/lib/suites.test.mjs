import assert from "node:assert/strict";
import test from "node:test";
import { DEEP_SUITES, SUITES, selectSuites } from "./suites.mjs";

const NEEDS = ["dockerd", "docker", "stub", "openclaw", "compose", "chromium", "proxies", "web"];

test("names are unique and needs are known", () => {
  const names = SUITES.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { needs } of SUITES) for (const need of needs) assert.ok(NEEDS.includes(need));
});

test("words choose suites by a part of their name", () => {
  assert.equal(selectSuites([]).length, SUITES.length);
  const chosen = selectSuites(["e2e memory", "lint"]).map(({ name }) => name);
  assert.deepEqual(chosen, ["lint", "e2e memory"]);
  assert.deepEqual(selectSuites(["no such suite"]), []);
});

test("a deep run has the files that sample, each in the project that it belongs to", () => {
  const filesOf = (name) => {
    const suite = DEEP_SUITES.find((each) => each.name === name);
    const { args } = suite.command({ node: "/n/node", reportFile: "/r.json" });
    return args.slice(args.indexOf("--outputFile=/r.json") + 1);
  };
  assert.ok(filesOf("deep unit").includes("tests/restore-crash.test.ts"));
  assert.ok(filesOf("deep docker").includes("tests/backup-killed.docker.test.ts"));
  assert.ok(filesOf("deep docker").every((file) => file.endsWith(".docker.test.ts")));
  assert.ok(!filesOf("deep unit").some((file) => file.endsWith(".docker.test.ts")));
});

test("a vitest suite runs its project with a JSON report", () => {
  const suite = SUITES.find(({ name }) => name === "api docker");
  const { file, args } = suite.command({ node: "/n/node", reportFile: "/r.json" });
  assert.equal(file, "/n/node");
  assert.deepEqual(args.slice(1, 4), ["run", "--project", "docker"]);
  assert.ok(args.includes("--outputFile=/r.json"));
});
