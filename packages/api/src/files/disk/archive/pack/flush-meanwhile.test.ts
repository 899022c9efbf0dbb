import { open } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openArchivePlace } from "../../../../../tests/support/archive-place.ts";
import { FLUSH_EVERY, flushMeanwhile } from "./flush-meanwhile.ts";

test("ends when the disk has what it was told of", async () => {
  await using place = await openArchivePlace();
  await using file = await open(path.join(place.at(), "file"), "w");
  const flushing = flushMeanwhile(file.fd);
  for (const size of [1, FLUSH_EVERY, FLUSH_EVERY]) flushing.wrote(size);
  await flushing.end();
});

test("a flush that failed is told at the end, also when others could follow", async () => {
  const flushing = flushMeanwhile(2 ** 30);
  flushing.wrote(FLUSH_EVERY);
  await expect(flushing.end()).rejects.toThrow("EBADF");
  flushing.wrote(FLUSH_EVERY);
  await expect(flushing.end()).rejects.toThrow("EBADF");
});
