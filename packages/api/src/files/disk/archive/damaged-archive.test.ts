import { open, readFile, truncate, writeFile } from "node:fs/promises";
import { DomainError } from "@claw/core/errors";
import { beforeAll, describe, expect, test } from "vitest";
import { NEVER, openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { verifyArchive } from "./read/verify-archive.ts";

const FLIPS = 200;
const silent = () => undefined;

/** The same positions in each run. */
function* places(below: number): Generator<number> {
  for (let state = 20_261_122; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield Math.floor((state / 2 ** 32) * below);
  }
}

let archive: Buffer;
let encrypted: Buffer;

/** An archive with a bit of everything: text, noise, an empty file, two instances. */
beforeAll(async () => {
  await using place = await openArchivePlace();
  const noise = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * 7_919 * i) >>> 5));
  await place.provision("anna", {
    "data/a": "text ".repeat(20_000),
    "data/b": noise,
    "logs/c": "",
  });
  await place.provision("ben", { "data/openclaw.json": "{}" });
  await place.backUp(["anna", "ben"], { filename: "x.tar" });
  archive = await readFile(place.backup("x.tar"));
  const encryption = { kind: "passphrase", passphrase: "correct horse" } as const;
  await place.backUp(["anna"], { filename: "y.tar", encryption });
  encrypted = await readFile(place.backup("y.tar"));
}, 60_000);

async function faultIn(file: string): Promise<unknown> {
  return await verifyArchive({ file }, silent).then(
    () => "found right",
    (thrown: unknown) => thrown,
  );
}

function expectFound(fault: unknown): void {
  expect(fault).toBeInstanceOf(DomainError);
  expect(fault).toMatchObject({ reason: "ARCHIVE_INVALID" });
}

describe("damage is found by the file alone:", () => {
  test.each([
    ["a plain archive", () => archive],
    ["an encrypted one, without its key", () => encrypted],
  ])(
    `one changed bit at any of ${FLIPS} places of %s`,
    async (_, bytes) => {
      await using place = await openArchivePlace();
      const file = place.backup("x.tar");
      await writeFile(file, bytes());
      expect(await faultIn(file)).toBe("found right");
      await using handle = await open(file, "r+");
      const where = places(bytes().length);
      for (let round = 0; round < FLIPS; round++) {
        const at = where.next().value as number;
        const byte = Buffer.from([bytes()[at] as number]);
        await handle.write(Buffer.from([(byte[0] as number) ^ (1 << (round % 8))]), 0, 1, at);
        expectFound(await faultIn(file));
        await handle.write(byte, 0, 1, at);
      }
      expect(await faultIn(file)).toBe("found right");
    },
    60_000,
  );

  test("one changed bit in each byte of its beginning, its manifest and its end", async () => {
    await using place = await openArchivePlace();
    const file = place.backup("x.tar");
    await writeFile(file, archive);
    await using handle = await open(file, "r+");
    const manifest = archive.indexOf('{\n "format"');
    const parts = [
      [0, 600],
      [manifest, manifest + 400],
      [archive.length - 1_536 - 512, archive.length],
    ] as const;
    for (const [from, to] of parts)
      for (let at = from; at < to; at += 3) {
        const byte = archive[at] as number;
        await handle.write(Buffer.from([byte ^ 4]), 0, 1, at);
        expectFound(await faultIn(file));
        await handle.write(Buffer.from([byte]), 0, 1, at);
      }
  }, 60_000);

  test("a cut-off end, wherever", async () => {
    await using place = await openArchivePlace();
    const file = place.backup("x.tar");
    await writeFile(file, archive);
    const where = places(archive.length);
    const sizes = [archive.length - 1, archive.length - 512, archive.length - 1_024, 512, 1, 0];
    for (let round = 0; round < 60; round++) sizes.push(where.next().value as number);
    for (const size of sizes.sort((a, b) => b - a)) {
      await truncate(file, size);
      expectFound(await faultIn(file));
    }
  });

  test("two blocks in each other's place, and zeros in the place of a block", async () => {
    await using place = await openArchivePlace();
    const file = place.backup("x.tar");
    for (let at = 0; at + 1_024 <= archive.length; at += 4_096) {
      const swapped = Buffer.from(archive);
      archive.copy(swapped, at, at + 512, at + 1_024);
      archive.copy(swapped, at + 512, at, at + 512);
      const zeroed = Buffer.from(archive).fill(0, at, at + 512);
      for (const bytes of [swapped, zeroed]) {
        if (bytes.equals(archive)) continue;
        await writeFile(file, bytes);
        expectFound(await faultIn(file));
      }
    }
  });
});

test("the panel says what is wrong, and has its thread back", async () => {
  await using place = await openArchivePlace();
  const changed = Buffer.from(archive);
  changed[archive.indexOf("instances/ben") + 600] = 0x55;
  await writeFile(place.backup("x.tar"), changed);
  const verifying = place.archives.verify("x.tar", { signal: NEVER });
  await expect(verifying).rejects.toMatchObject({
    reason: "ARCHIVE_INVALID",
    message: expect.stringMatching(/cannot be trusted: .+\. Use another copy/),
  });
});
