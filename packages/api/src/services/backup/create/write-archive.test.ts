import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { NEVER, openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { writeArchive } from "./write-archive.ts";

async function setUp() {
  const place = await openArchivePlace();
  await place.provision("anna", { "data/x": "1".repeat(1_000) });
  const { filename: _, ...request } = await place.requestFor(["anna"]);
  return { place, request };
}

test("a draft is packed, then read back with its own key", async () => {
  const { place, request } = await setUp();
  await using _ = place;
  await using draft = await place.repository.draft();
  const steps: string[] = [];
  const encryption = { kind: "passphrase", passphrase: "a long passphrase" } as const;
  const content = await writeArchive(
    place,
    draft,
    { ...request, encryption },
    {
      signal: NEVER,
      onProgress: ({ step, bytes }) => steps.push(`${step} ${bytes}`),
    },
  );
  expect(content).toMatchObject({ encryption: "passphrase", instances: [{ id: "anna" }] });
  expect(steps).toContain("packing 1000");
  expect(steps.at(-1)).toBe("verifying 1000");
});

test("what the disk changed before it was read back is refused", async () => {
  const { place, request } = await setUp();
  await using _ = place;
  await using draft = await place.repository.draft();
  const archives = {
    ...place.archives,
    async pack(...asked: Parameters<typeof place.archives.pack>) {
      const unlock = await place.archives.pack(...asked);
      await writeFile(place.backup(`.claw-${draft.id}.partial`), "something else");
      return unlock;
    },
  };
  await rejects(writeArchive({ archives }, draft, request, { signal: NEVER }), "ARCHIVE_INVALID");
});
