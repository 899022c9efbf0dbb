import { expect, test } from "vitest";
import type { VerifiedContent } from "../../../files/archive-codec.ts";
import { createMemoryRepository } from "../../../files/memory/memory-repository.ts";
import { putArchive } from "./put-archive.ts";

const CONTENT: VerifiedContent = {
  createdAt: "2026-11-22T08:15:00.000Z",
  createdBy: "panel",
  note: null,
  encryption: null,
  instances: [],
  size: 5,
  sha256: "0".repeat(64),
};

async function put(repository = createMemoryRepository()) {
  await using draft = await repository.draft();
  await draft.write(
    (async function* () {
      yield Buffer.from("bytes");
    })(),
  );
  return await putArchive({ repository }, draft, CONTENT);
}

test("archives of the same second have names of their own, and none takes another's place", async () => {
  const repository = createMemoryRepository();
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => put(repository)));
  expect(first).toEqual({ ...CONTENT, filename: "claw-20261122-081500-0.tar" });
  expect(others.map(({ filename }) => filename)).toEqual([
    "claw-20261122-081500-0-2.tar",
    "claw-20261122-081500-0-3.tar",
  ]);
  expect(await repository.list()).toHaveLength(3);
});

test("a folder in which every name is taken is refused", async () => {
  const repository = { ...createMemoryRepository(), put: async () => false };
  await expect(put(repository)).rejects.toMatchObject({ reason: "FILES_DENIED" });
});
