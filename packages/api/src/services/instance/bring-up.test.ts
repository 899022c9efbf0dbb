import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { bringUp, launchInstance } from "./bring-up.ts";
import { createInstance } from "./create-instance.ts";

/** An instance that does not run and should. */
async function wanted(panel: TestPanel, id = "anna") {
  await createInstance(panel.context, { id, name: id, start: false });
  const patch = { desired: "running", updatedAt: "x" } as const;
  panel.context.runtime.live.board.setSpec(await panel.context.store.updateInstance(id, patch));
}

test("the spec is applied before the container is started", async () => {
  await using panel = await createTestPanel();
  await wanted(panel);
  await panel.context.store.updateInstance("anna", { port: 30_000, updatedAt: "x" });
  await bringUp(panel.context, "anna");
  await panel.until("anna", "running");
  expect(panel.engine.survey().ports.get(30_000)).toBe("openclaw-anna");
});

test("nothing is launched when the wish was taken back, or the instance is gone or going", async () => {
  await using panel = await createTestPanel();
  let launched = 0;
  const launch = async () => {
    launched += 1;
  };
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  await bringUp(panel.context, "anna", launch);
  await bringUp(panel.context, "nobody", launch);
  await wanted(panel, "ben");
  await panel.context.store.updateInstance("ben", { phase: "removing", updatedAt: "x" });
  await bringUp(panel.context, "ben", launch);
  expect(launched).toBe(0);
  await launchInstance(panel.context, "nobody");
});

test("it waits for whoever works on the instance", async () => {
  await using panel = await createTestPanel();
  await wanted(panel);
  const saving = Promise.withResolvers<void>();
  const lock = panel.context.runtime.live.locks.exclusive("anna", "saving", () => saving.promise);
  let launched = false;
  const bringing = bringUp(panel.context, "anna", async () => {
    launched = true;
    expect(panel.context.runtime.live.locks.current("anna")).toBe("starting");
  });
  expect(launched).toBe(false);
  saving.resolve();
  await Promise.all([lock, bringing]);
  expect(launched).toBe(true);
});

test("why a launch failed is on the page until the next one", async () => {
  await using panel = await createTestPanel();
  await wanted(panel);
  const failure = new DomainError("ENGINE_FAILED", "It did not want to.");
  await expect(bringUp(panel.context, "anna", () => Promise.reject(failure))).rejects.toBe(failure);
  expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
    status: "error",
    statusReason: expect.stringContaining("It did not want to. The panel tries again"),
  });
  await bringUp(panel.context, "anna");
  expect((await panel.until("anna", "running")).statusReason).toBeNull();
});

test("it does not hang on an engine that goes away while it looks at what it did", async () => {
  await using panel = await createTestPanel();
  await wanted(panel);
  const launch = async () => panel.engine.setReachable(false);
  await bringUp(panel.context, "anna", launch);
  await panel.until("anna", "unknown");
  await panel.context.runtime.live.starts.idle();
});
