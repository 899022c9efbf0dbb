import { expect, test } from "vitest";
import { createUploadBoard } from "./upload-board.ts";

const check = (bytes: number) => ({ bytes, totalBytes: 100 });

test("who watches an upload is told how far it is, now and later, and nothing of others", async () => {
  const board = createUploadBoard();
  const end = new AbortController();
  board.tell("mine", check(1));
  const watching = board.watch("mine", end.signal)[Symbol.asyncIterator]();
  expect((await watching.next()).value).toEqual(check(1));
  board.tell("other", check(50));
  const next = watching.next();
  board.tell("mine", check(2));
  board.tell("mine", check(3));
  expect((await next).value).toEqual(check(3));
  const last = watching.next();
  end.abort();
  expect((await last).done).toBe(true);
});

test("one that is over is known no more", async () => {
  const board = createUploadBoard();
  board.tell("mine", check(1));
  board.forget("mine");
  const end = new AbortController();
  const next = board.watch("mine", end.signal)[Symbol.asyncIterator]().next();
  end.abort();
  expect((await next).done).toBe(true);
});
