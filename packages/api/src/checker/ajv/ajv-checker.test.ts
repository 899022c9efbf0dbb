import { monitorEventLoopDelay } from "node:perf_hooks";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import type { KeyedSchema } from "../config-checker.ts";
import { createAjvChecker } from "./ajv-checker.ts";

/** A schema that counts how often its text was asked for. */
function keyed(schema: object, key = "image-1"): KeyedSchema & { asked: number } {
  const counted = {
    key,
    asked: 0,
    async text() {
      counted.asked += 1;
      return JSON.stringify(schema);
    },
  };
  return counted;
}

/** Backtracks for longer than anybody waits. */
const ENDLESS = { properties: { a: { type: "string", pattern: "^(a+)+$" } } };
const endlessText = `{ a: "${"a".repeat(60)}!" }`;

test("tells what is wrong, and asks for a schema once", async () => {
  await using checker = createAjvChecker();
  const schema = keyed(OPENCLAW_SCHEMA);
  expect(await checker.check(schema, "{\n  frobnicate: 1,\n}")).toEqual([
    {
      ...{ line: 2, column: 3, path: "", source: "schema" },
      message: "Unrecognized key: frobnicate",
    },
  ]);
  expect(await checker.check(schema, "{}")).toEqual([]);
  expect(schema.asked).toBe(1);
});

test("tells schemas apart, and takes many of them", async () => {
  await using checker = createAjvChecker();
  for (let image = 0; image < 6; image++) {
    const only = { properties: { [`of${image}`]: {} }, additionalProperties: false };
    const schema = keyed(only, `image-${image}`);
    expect(await checker.check(schema, `{ of${image}: 1 }`)).toEqual([]);
    expect(await checker.check(schema, "{ other: 1 }")).toHaveLength(1);
    expect(schema.asked).toBe(1);
  }
});

test("a schema that cannot be used is told, and no other suffers", async () => {
  await using checker = createAjvChecker();
  const bad = keyed({ properties: { a: { type: "nonsense" } } }, "bad");
  const error = await rejects(checker.check(bad, "{}"), "NOT_SUPPORTED");
  expect(error.message).toContain("nonsense");
  expect(await checker.check(keyed(OPENCLAW_SCHEMA), "{}")).toEqual([]);
  await rejects(checker.check(bad, "{}"), "NOT_SUPPORTED");
  expect(bad.asked).toBe(2);
});

test("a check that hangs is ended, and the next one has its answer", async () => {
  // The limit holds for neither of the threads that begin, nor for compiling.
  await using checker = createAjvChecker({ withinMs: 5_000 });
  const late = checker.check(keyed(ENDLESS, "endless"), endlessText);
  const next = checker.check(keyed(OPENCLAW_SCHEMA), "{}");
  const { message, issues } = await rejects(late, "CONFIG_INVALID");
  expect(message).toContain("longer than 5 seconds");
  expect(issues).toEqual([
    {
      ...{ line: 1, column: 1, path: "", source: "schema" },
      message: "The configuration could not be checked: it took longer than 5 seconds.",
    },
  ]);
  expect(await next).toEqual([]);
});

test("a schema that cannot be read is told in the words of who could not", async () => {
  await using checker = createAjvChecker();
  const why = new DomainError("FILES_DENIED", "The disk says no.");
  const lost = { key: "lost", text: () => Promise.reject(why) };
  await expect(checker.check(lost, "{}")).rejects.toBe(why);
  expect(await checker.check(keyed(OPENCLAW_SCHEMA), "{}")).toEqual([]);
});

test("a thread that nobody needs is given back, and begun again", async () => {
  await using checker = createAjvChecker({ idleMs: 0 });
  const schema = keyed(OPENCLAW_SCHEMA);
  await eventually(async () => {
    await checker.check(schema, "{}");
    expect(schema.asked).toBeGreaterThan(1);
  });
});

test("the end of the panel ends a check", async () => {
  const checker = createAjvChecker();
  const begun = Promise.withResolvers<void>();
  const text = async () => {
    begun.resolve();
    return JSON.stringify(ENDLESS);
  };
  const checks = ["endless", "behind it"].map((key) => checker.check({ key, text }, endlessText));
  const refused = checks.map((check) => rejects(check, "COMMAND_FAILED"));
  await begun.promise;
  await checker[Symbol.asyncDispose]();
  await Promise.all(refused);
});

test("preparing a large schema leaves the panel's own thread free", async () => {
  await using checker = createAjvChecker();
  const { gateway } = OPENCLAW_SCHEMA.properties;
  const keys = Array.from({ length: 1_000 }, (_, at) => `key${at}`);
  const properties = Object.fromEntries(keys.map((key) => [key, gateway]));
  const schema = keyed({ properties, additionalProperties: false });
  await schema.text();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  expect(await checker.check(schema, "{ key999: { port: 1 } }")).toEqual([]);
  delay.disable();
  // It answers at once at least half of the time, however busy the machine is.
  expect(delay.percentile(50) / 1e6).toBeLessThan(50);
});
