import assert from "node:assert/strict";
import test from "node:test";
import { SUITES, selectSuites } from "./suites.mjs";

const NEEDS = ["dockerd", "docker", "stub", "openclaw", "compose", "chromium", "web"];

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

test("a vitest suite runs its project with a JSON report", () => {
  const suite = SUITES.find(({ name }) => name === "api docker");
  const { file, args } = suite.command({ node: "/n/node", reportFile: "/r.json" });
  assert.equal(file, "/n/node");
  assert.deepEqual(args.slice(1, 4), ["run", "--project", "docker"]);
  assert.ok(args.includes("--outputFile=/r.json"));
});
