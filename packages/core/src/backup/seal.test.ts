import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasReason } from "../errors.ts";
import { rejectsWith } from "./backup.fixture.ts";
import {
  BLOCK,
  END_SIZE,
  encodeSeal,
  padded,
  parseSeal,
  SEAL_SIZE,
  sealHead,
  sealOffset,
} from "./seal.ts";

const SEAL = { manifestOffset: 1_024, manifestSize: 700, sha256: "ab".repeat(32) };
const FILE_SIZE = 1_024 + 1_024 + BLOCK + SEAL_SIZE + END_SIZE;

describe("a seal", () => {
  test("is one block of text, and is read back as it was written", () => {
    const text = encodeSeal(SEAL);
    expect(text).toHaveLength(SEAL_SIZE);
    expect(text.startsWith(sealHead(SEAL))).toBe(true);
    expect(sealOffset(FILE_SIZE)).toBe(FILE_SIZE - 1_536);
    expect(parseSeal(text, FILE_SIZE)).toEqual(SEAL);
  });

  test("holds places in files of any size that a number can say", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(2 ** 26), (blocks, manifestSize) => {
        const manifestOffset = blocks * BLOCK;
        const fileSize = manifestOffset + padded(manifestSize) + BLOCK + SEAL_SIZE + END_SIZE;
        const seal = { manifestOffset, manifestSize, sha256: SEAL.sha256 };
        expect(parseSeal(encodeSeal(seal), fileSize)).toEqual(seal);
      }),
    );
  });

  test("with any of its characters changed is refused, or says something else", () => {
    const text = encodeSeal(SEAL);
    for (let at = 0; at < text.length; at++) {
      const changed = `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;
      expect(readOrRefusal(changed)).not.toEqual(SEAL);
    }
  });

  test.each([
    ["nothing", "\0".repeat(SEAL_SIZE), FILE_SIZE, "not that of a backup"],
    ["another text", "x".repeat(SEAL_SIZE), FILE_SIZE, "not that of a backup"],
    [
      "spaces in another place",
      ` ${encodeSeal(SEAL).slice(0, -1)}`,
      FILE_SIZE,
      "not that of a backup",
    ],
    ["a file that is longer", encodeSeal(SEAL), FILE_SIZE + BLOCK, "does not fit"],
    [
      "a place between blocks",
      encodeSeal({ ...SEAL, manifestOffset: 1_025 }),
      FILE_SIZE,
      "does not fit",
    ],
    ["a later format", encodeSeal(SEAL).replace("seal 1", "seal 2"), FILE_SIZE, "Update the panel"],
  ])("is not %s", (_, text, size, why) => rejectsWith(() => parseSeal(text, size), why));
});

test("members are filled up to whole blocks", () => {
  expect([0, 1, 511, 512, 513].map(padded)).toEqual([0, 512, 512, 512, 1_024]);
});

/** The seal that a text holds, or the message of its refusal. */
function readOrRefusal(text: string): unknown {
  try {
    return parseSeal(text, FILE_SIZE);
  } catch (error) {
    if (hasReason(error, "ARCHIVE_INVALID")) return error.message;
    throw error;
  }
}
