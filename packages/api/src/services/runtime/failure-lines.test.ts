import { expect, test } from "vitest";
import { containerOf, specOf } from "../../../tests/support/specs.ts";
import { createFailureLines } from "./failure-lines.ts";
import { createStatusBoard } from "./status-board.ts";

function setUp(lines: string[]) {
  const board = createStatusBoard({
    now: () => Date.now(),
    activityOf: () => null,
    urlOf: ({ port }) => `http://127.0.0.1:${port}/`,
    opensBy: () => "token",
  });
  board.setReachable(true);
  board.setSpec(specOf({ id: "anna" }));
  const failures = createFailureLines({
    board,
    signal: new AbortController().signal,
    engine: {
      async *logs(_id, { tail }) {
        for (const text of lines.slice(-tail))
          yield [{ ts: "2026-01-01T00:00:00.000000000Z", stream: "stderr", text }];
      },
    },
  });
  return { board, failures };
}

test("are read of an instance in error, once, and again after its next end", async () => {
  const { board, failures } = setUp(["no model", "exit"]);
  expect(failures.areWanted("anna")).toBe(false);
  board.setObserved("anna", containerOf({ state: "running", health: "healthy" }));
  expect(failures.areWanted("anna")).toBe(false);
  board.setObserved("anna", containerOf({ state: "exited", health: "none", exitCode: 1 }));
  expect(failures.areWanted("anna")).toBe(true);
  await failures.read("anna");
  expect(board.get("anna").statusDetail?.lines).toEqual(["no model", "exit"]);
  expect(failures.areWanted("anna")).toBe(false);
  failures.noteEnd("anna");
  expect(failures.areWanted("anna")).toBe(true);
});

test("are the last 20, and no line holds more than a thousand characters", async () => {
  const { board, failures } = setUp(
    Array.from({ length: 30 }, (_, n) => `${n} ${"x".repeat(2_000)}`),
  );
  board.setObserved("anna", containerOf({ state: "exited", health: "none", exitCode: 1 }));
  await failures.read("anna");
  const { lines = [] } = board.get("anna").statusDetail ?? {};
  expect(lines).toHaveLength(20);
  expect(lines[0]).toBe(`10 ${"x".repeat(997)}…`);
});
