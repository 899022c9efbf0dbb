import { describe, expect, test } from "vitest";
import { settled } from "../tests/support/deadline.ts";
import { createTestPanel, homeOfTest } from "../tests/support/test-app.ts";
import { createInstance } from "./services/instance/create-instance.ts";

test("a panel that was ended and started again goes on where it was", async () => {
  const home = await homeOfTest();
  await using first = await createTestPanel({ home });
  await createInstance(first.context, { id: "anna", name: "Anna", start: true });
  await first.until("anna", "running");
  const container = (await first.engine.list("anna")).get("anna");
  await using second = await createTestPanel({ home, engine: first.engine });
  await second.until("anna", "running");
  await settled();
  expect((await second.engine.list("anna")).get("anna")).toEqual(container);
});

describe("the end of a panel", () => {
  test("leaves containers running", async () => {
    const panel = await createTestPanel();
    const { engine } = panel;
    await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
    await panel.until("anna", "running");
    await panel[Symbol.asyncDispose]();
    expect((await engine.list("anna")).get("anna")?.state).toBe("running");
  });

  test("does not wait for an engine that does not answer", async () => {
    const panel = await createTestPanel();
    await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
    panel.engine.setReachable(false);
    await panel.until("anna", "unknown");
    await panel[Symbol.asyncDispose]();
  });

  test("keeps no process alive", async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const panel = await createTestPanel();
    await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
    await panel[Symbol.asyncDispose]();
    await settled();
    const after = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    expect(after).toBeLessThanOrEqual(before + 1);
  });
});
