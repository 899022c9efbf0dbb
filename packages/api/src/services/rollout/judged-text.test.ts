import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { endOf, resultOf } from "../../../tests/support/batches.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { createTestApp, type TestApp } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";

async function setUp(start: boolean): Promise<TestApp> {
  const app = await createTestApp({ timing: { configSchema: OPENCLAW_SCHEMA } });
  await createInstance(app.context, { id: "a", name: "A", start });
  if (start) await app.until("a", "running");
  return app;
}

const levelOf = (level: string) => ({ ids: ["a"], patch: { logging: { level } } });
const onDisk = (app: TestApp) => app.context.disk.storage.readConfig("a");

/** The result for the instance. The schema is had; what follows is the image's word. */
async function rollOut(app: TestApp, level: string, meanwhile = () => {}) {
  await app.client.configRollouts.preview.query(levelOf(level));
  app.faults.record();
  meanwhile();
  const job = await app.client.configRollouts.run.mutate(levelOf(level));
  await endOf(app, job);
  return (await resultOf(app, job)).results[0];
}

/** Of a text with STUB_INVALID only the image says that it is wrong. */
test("what only the image itself refuses is not written to an instance that does not run", async () => {
  await using app = await setUp(false);
  const before = await onDisk(app);
  const { instances } = await app.client.configRollouts.preview.query(levelOf("STUB_INVALID"));
  expect(instances).toMatchObject([{ changed: true, valid: true }]);
  const result = await rollOut(app, "STUB_INVALID");
  expect(result).toMatchObject({ id: "a", ok: false, reason: "CONFIG_INVALID" });
  expect(result?.message).toContain("STUB_INVALID");
  expect(await onDisk(app)).toBe(before);
  expect(await rollOut(app, "debug")).toEqual({ id: "a", ok: true });
});

test("an image that has no word for it keeps nobody from the change, and the result says so", async () => {
  await using app = await setUp(false);
  const why = new DomainError("COMMAND_FAILED", "It did not end within 20 seconds.");
  const result = await rollOut(app, "debug", () => app.faults.failNext("engine.runOnce", why));
  const unjudged = { reason: why.reason, message: why.message };
  expect(result).toEqual({ id: "a", ok: true, unjudged });
  expect(await onDisk(app)).toContain("debug");
});

test("a running gateway has its own word, so that no container is asked", async () => {
  await using app = await setUp(true);
  const taken = () =>
    app.engine.write("a", "stdout", "[reload] config hot reload applied (logging.level)");
  const result = await rollOut(app, "debug", () =>
    app.faults.onNext("storage.writeConfig", taken, "after"),
  );
  expect(result).toEqual({ id: "a", ok: true });
  expect(app.faults.calls.filter(({ method }) => method === "engine.runOnce")).toEqual([]);
});
