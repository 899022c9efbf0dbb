import { expect, test } from "vitest";
import { createTransferLine } from "./transfer-line.ts";

/** A line of 1000 bytes that are copied and then packed, on a clock of its own. */
function setUp(restarts: boolean) {
  let now = 0;
  const anna = { id: "anna", name: "Anna", bytes: 1_000, restarts };
  const line = createTransferLine(anna, ["copying", "packing"], () => now);
  const pass = (ms: number) => {
    now += ms;
    line.refresh();
  };
  return { line, pass };
}

test("what was moved is counted pass by pass, and a pass that is left is whole", () => {
  const { line } = setUp(false);
  line.move({ bytes: 500, files: 1 });
  expect(line.moved(), "waiting moves nothing").toBe(0);
  line.enter("copying");
  line.move({ bytes: 400, files: 2 });
  expect([line.moved(), line.view.bytes]).toEqual([400, 400]);
  line.enter("packing");
  line.move({ bytes: 100, files: 1 });
  expect([line.moved(), line.view.bytes, line.view.files]).toEqual([1_100, 100, 2]);
  line.enter("done");
  expect([line.moved(), line.view.bytes]).toEqual([2_000, 1_000]);
});

test("its restart is done in part as time passes, and wholly when it is up", () => {
  const { line, pass } = setUp(true);
  expect(line.effortDone()).toBe(0);
  line.enter("stopping");
  line.goDown();
  pass(5_000);
  expect(line.effortDone() / line.effort()).toBeCloseTo(0.25);
  line.enter("copying");
  pass(60_000);
  expect(line.effortDone() / line.effort()).toBeCloseTo(0.25);
  line.enter("starting");
  pass(60_000);
  expect(line.effortDone() / line.effort()).toBeCloseTo(0.9);
  line.comeUp();
  expect(line.effortDone()).toBe(line.effort());
  expect(line.view.downMs).toBe(125_000);
});

test("one that is not started again has no effort", () => {
  const { line, pass } = setUp(false);
  line.enter("stopping");
  pass(5_000);
  expect([line.effort(), line.effortDone()]).toEqual([0, 0]);
});
