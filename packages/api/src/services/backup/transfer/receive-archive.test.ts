import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { NEVER, openArchivePlace, sha256Of } from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { receiveArchive } from "./receive-archive.ts";

const FILE = "claw-20261122-081500-1.tar";

async function* sent(file: string, size = 10_000) {
  const bytes = await readFile(file);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test("is verified, named by what it says, and never in the place of another", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/openclaw.json": "{}", "data/x": "x".repeat(100_000) });
  const written = await place.backUp(["anna"], { filename: "from-elsewhere.tar" });
  const file = place.backup("from-elsewhere.tar");
  const seen: number[] = [];
  const take = () =>
    receiveArchive(place, sent(file), {
      signal: NEVER,
      onVerifying: ({ totalBytes }) => seen.push(totalBytes),
    });
  expect(await take()).toEqual({ ...written, filename: FILE });
  expect(seen.at(-1)).toBe(written.size);
  expect((await take()).filename).toBe("claw-20261122-081500-1-2.tar");
  expect(await sha256Of(place.backup(FILE))).toBe(written.sha256);
  expect((await readdir(place.backup())).sort()).toHaveLength(3);
});

test("that is no backup, or only a part of one, is refused and leaves nothing", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/x": "1" });
  await place.backUp(["anna"], { filename: "good.tar" });
  for (const size of [0, 511, 1_536, 5_000]) {
    await writeFile(place.backup("bad.tar"), await readFile(place.backup("good.tar")));
    await truncate(place.backup("bad.tar"), size);
    const taken = receiveArchive(place, sent(place.backup("bad.tar")), { signal: NEVER });
    await rejects(taken, "ARCHIVE_INVALID");
  }
  await rm(place.backup("bad.tar"));
  expect(await readdir(place.backup())).toEqual(["good.tar"]);
});

test("whose sender goes away, or falls silent until it is cancelled, leaves nothing", async () => {
  await using place = await openArchivePlace();
  async function* broken() {
    yield Buffer.alloc(1_000);
    throw new Error("connection lost");
  }
  await expect(receiveArchive(place, broken(), { signal: NEVER })).rejects.toThrow("lost");
  const abort = new AbortController();
  async function* silent() {
    yield Buffer.alloc(1_000);
    abort.abort();
    await new Promise(() => undefined);
  }
  await rejects(receiveArchive(place, silent(), { signal: abort.signal }), "CANCELLED");
  expect(await readdir(place.backup())).toEqual([]);
});
