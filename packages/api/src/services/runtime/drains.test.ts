import { expect, test } from "vitest";
import { createDrains } from "./drains.ts";

test("a stop that waits reports its work, each change once, until it is over", () => {
  const told: [string, readonly string[] | null][] = [];
  const drains = createDrains((id) => told.push([id, drains.workOf(id)]));
  {
    using drain = drains.begin("anna");
    expect(drains.workOf("anna")).toBeNull();
    drain.tell(["task", "chat-run"]);
    drain.tell(["task"]);
    expect(drains.workOf("ben")).toBeNull();
  }
  expect(told).toEqual([
    ["anna", ["task", "chat-run"]],
    ["anna", ["task"]],
    ["anna", null],
  ]);
});

test("listeners learn once that an instance goes down, before it is down", () => {
  const drains = createDrains(() => undefined);
  const told: [string, boolean][] = [];
  {
    using _watching = drains.whenDown((id) => told.push([id, drains.isGoingDown(id)]));
    using _down = drains.goDown("anna");
    expect(drains.isGoingDown("ben")).toBe(false);
  }
  expect(drains.isGoingDown("anna")).toBe(false);
  drains.goDown("ben")[Symbol.dispose]();
  expect(told).toEqual([["anna", true]]);
});

test("hurrying ends the wait of this instance only, and of no later stop", () => {
  const drains = createDrains(() => undefined);
  expect(drains.hurry("anna")).toBe(false);
  using ben = drains.begin("ben");
  {
    using anna = drains.begin("anna");
    expect(anna.hurried.aborted).toBe(false);
    expect(drains.hurry("anna")).toBe(true);
    expect([anna.hurried.aborted, ben.hurried.aborted]).toEqual([true, false]);
  }
  using later = drains.begin("anna");
  expect(later.hurried.aborted).toBe(false);
});
