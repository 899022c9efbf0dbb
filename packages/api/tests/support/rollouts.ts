import { expect } from "vitest";
import { revisionOf } from "../../src/services/instance/config-revision.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { endOf, resultOf } from "./batches.ts";
import { eventually } from "./deadline.ts";
import { createTestApp, type TestApp, type TestPanel } from "./test-app.ts";

/** A change that every new configuration needs. */
export const DEBUG = { logging: { level: "debug" } };

/** A new configuration with `DEBUG` applied. */
export const inDebug = (text: string) => text.replace('level: "info"', 'level: "debug"');

export const textOf = async ({ context }: TestPanel, id: string) =>
  (await context.disk.storage.readConfig(id)) ?? "";

export const textsOf = (panel: TestPanel, ids: readonly string[]) =>
  Promise.all(ids.map((id) => textOf(panel, id)));

/** How a roll-out ended, by instance. */
export async function endedAs(app: TestApp, job: { id: string }) {
  const { status } = await endOf(app, job);
  const { results } = await resultOf(app, job);
  return {
    status,
    said: Object.fromEntries(results.map((each) => [each.id, each.reason ?? each.ok])),
  };
}

/** An app with instances that run. */
export async function withRunning(ids: readonly string[]): Promise<TestApp> {
  const app = await createTestApp();
  for (const id of ids) {
    await createInstance(app.context, { id, name: id, start: true });
    await app.until(id, "running");
  }
  return app;
}

/** Resolves once `DEBUG` is written and its gateway is watched. */
export const written = (app: TestApp, id: string) =>
  eventually(async () => {
    const text = await textOf(app, id);
    const saved = app.context.runtime.live.saved.find(id);
    expect(saved).toMatchObject({ revision: revisionOf(text), outcome: "watched" });
    expect(text).toContain("debug");
  });
