import { expect, test } from "vitest";
import { lineWords, type Transfer, type TransferLine, totalWords } from "./transfer-words.ts";

const line = (patch: Partial<TransferLine>): TransferLine => ({
  id: "anna",
  name: "Anna",
  phase: "waiting",
  bytes: 0,
  totalBytes: 0,
  files: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  downMs: null,
  problem: null,
  ...patch,
});

test("a line says the phase, the bytes that move, and how long it was down", () => {
  expect(lineWords(line({}))).toBe("waiting");
  expect(lineWords(line({ phase: "copying", bytes: 312e6, totalBytes: 840e6, downMs: 2400 }))).toBe(
    "copying 312 MB of 840 MB · down 2 secs",
  );
  const fast = { files: 1203, bytesPerSecond: 24e6, secondsLeft: 22 };
  const moving = { ...fast, bytes: 312e6, totalBytes: 840e6 };
  expect(lineWords(line({ ...moving, phase: "unpacking" }))).toBe(
    "unpacking 312 MB of 840 MB · 1,203 files · 24 MB/s",
  );
  expect(lineWords(line({ ...moving, phase: "starting", downMs: 2400 }))).toBe(
    "starting · down 2 secs",
  );
  expect(lineWords(line({ phase: "packing", bytes: 0, totalBytes: 840e6, downMs: 6200 }))).toBe(
    "packing 0 byte of 840 MB · down 6 secs",
  );
  expect(lineWords(line({ phase: "done", totalBytes: 9, bytes: 9, downMs: 0 }))).toBe("done");
});

test("the whole says bytes, files and rate, as far as they are known", () => {
  const transfer: Transfer = {
    bytes: 500e6,
    totalBytes: 1000e6,
    files: 1,
    bytesPerSecond: 24e6,
    secondsLeft: 20,
    instances: [],
  };
  expect(totalWords(transfer)).toBe("500 MB of 1 GB · 1 file · 24 MB/s");
  expect(totalWords({ ...transfer, bytesPerSecond: 0, files: 0, totalBytes: 0 })).toBe("");
});
