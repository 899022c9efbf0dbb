import { expect, test } from "vitest";
import { createTestPanel, homeOfTest } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { isComingUp, isInItsTurn } from "./live-instances.ts";

test("the instances of before are there from the first moment, with a status that is not known", async () => {
  const home = await homeOfTest();
  await using first = await createTestPanel({ home });
  await createInstance(first.context, { id: "anna", name: "Anna", start: true });
  await first.until("anna", "running");
  await using second = await createTestPanel({ home, engine: first.engine, busy: true });
  expect(second.context.runtime.live.board.list()).toMatchObject([
    { id: "anna", status: "unknown" },
  ]);
  await second.until("anna", "running");
});

test("what is done with an instance shows as its status, but for what does not change it", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const { board, locks } = panel.context.runtime.live;
  const shown = {
    creating: "starting",
    starting: "starting",
    restarting: "starting",
    stopping: "stopping",
    removing: "stopping",
    checking: "running",
    reconciling: "running",
    saving: "running",
    initialising: "running",
  } as const;
  for (const [operation, status] of Object.entries(shown))
    await locks.exclusive("anna", operation as keyof typeof shown, async () => {
      expect(board.get("anna").status, operation).toBe(status);
    });
  expect(board.get("anna").status).toBe("running");
});

test("only an instance that starts may still come up", () => {
  expect(isComingUp(null)).toBe(false);
  for (const status of ["running", "error", "stopped", "unknown", "stopping", "created"] as const)
    expect(isComingUp({ status } as never)).toBe(false);
  expect(isComingUp({ status: "starting" } as never)).toBe(true);
});

test("one that starts slowly gives its turn to the next, and may still come up", () => {
  const usual = { status: "starting", statusDetail: null } as never;
  const slow = { status: "starting", statusDetail: { code: "SLOW_START" } } as never;
  expect([isInItsTurn(usual), isInItsTurn(slow), isInItsTurn(null)]).toEqual([true, false, false]);
  expect(isComingUp(slow)).toBe(true);
});

test("a panel that ends does not wait for what comes up, nor start what waits", async () => {
  const panel = await createTestPanel({ timing: { startDelayMs: 600_000 } });
  for (const id of ["a", "b", "c", "d"])
    await createInstance(panel.context, { id, name: id, start: true });
  expect(panel.context.runtime.live.board.get("d").statusDetail?.code).toBe("QUEUED");
  const { engine } = panel;
  await panel[Symbol.asyncDispose]();
  const states = [...(await engine.list()).values()].map(({ state }) => state);
  expect(states).toEqual(["running", "running", "created", "created"]);
});
