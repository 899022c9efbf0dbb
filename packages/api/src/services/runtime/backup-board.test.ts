import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { createBackupBoard } from "./backup-board.ts";

test("a backup is read until the last of its readers has ended, in whichever way", async () => {
  const board = createBackupBoard();
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const reading = [
    board.reading("b1", () => first.promise),
    board.reading("b1", () => second.promise),
  ];
  expect([board.isRead("b1"), board.isRead("b2")]).toEqual([true, false]);
  first.resolve("done");
  expect(await reading[0]).toBe("done");
  expect(board.isRead("b1")).toBe(true);
  second.reject(new Error("broken"));
  await expect(reading[1]).rejects.toThrow("broken");
  expect(board.isRead("b1")).toBe(false);
});

test("who watches is told of what changed since the call", async () => {
  const board = createBackupBoard();
  const ends = new AbortController();
  const changes = board.changes(ends.signal);
  board.notify();
  let told = 0;
  const watching = (async () => {
    for await (const _ of changes) told += 1;
  })();
  await settled();
  board.notify();
  await settled();
  expect(told).toBe(2);
  ends.abort();
  await watching;
});
