import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { filesThatSample, seedOf } from "./sampling.mjs";

test("the seed that is asked for, else another one with time", () => {
  assert.equal(seedOf({ CLAW_TEST_SEED: "12" }, 1_700_000_123_456), "12");
  assert.equal(seedOf({}, 1_700_000_123_456), "123456");
  assert.notEqual(seedOf({}, 1_700_000_123_456), seedOf({}, 1_700_000_123_457));
});

test("deep are the test files that take a sample, wherever they lie", async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sampling-"));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, "tests", "access"), { recursive: true });
  const write = (name, text) => writeFile(path.join(folder, "tests", name), text);
  await write("kill.docker.test.ts", 'import { sampleOf } from "./support/sample.ts";\n');
  await write("access/fuzz.test.ts", 'import { CHOICE } from "../support/sample.ts";\n');
  await write("plain.test.ts", 'import { expect } from "vitest";\n');
  await write("helper.ts", 'import { sampleOf } from "./support/sample.ts";\n');
  assert.deepEqual(filesThatSample(folder), [
    "tests/access/fuzz.test.ts",
    "tests/kill.docker.test.ts",
  ]);
});
