import { constants, zstdCompressSync } from "node:zlib";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { expect, test } from "vitest";
import { rejects } from "../../../../../tests/support/rejects.ts";
import { decompressed } from "./decompress.ts";

async function* pieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function unpack(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of decompressed(chunks)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const FRAMES = [10, 0, 3_000_000, 1_048_576, 7].map((size) => Buffer.alloc(size, "text 文 "));
const PACKED = Buffer.concat(FRAMES.map((frame) => zstdCompressSync(frame)));

test.each([1, 7, 100, 10_000_000])("frames of any size, in pieces of %i bytes", async (size) => {
  expect((await unpack(pieces(PACKED, size))).equals(Buffer.concat(FRAMES))).toBe(true);
});

test.each([
  ["cut off", PACKED.subarray(0, -1)],
  ["followed by something else", Buffer.concat([PACKED, Buffer.from("garbage!")])],
  ["something else", Buffer.from("PK\u0003\u0004 and so on")],
])("%s: refused", async (_, bytes) => {
  for (const size of [1, bytes.length])
    expect((await rejects(unpack(pieces(bytes, size)), "ARCHIVE_INVALID")).message).toContain(
      "cannot be unpacked",
    );
});

test("a frame that asks for more memory than it needs is refused", async () => {
  const params = { [constants.ZSTD_c_windowLog]: 25 };
  const packed = zstdCompressSync(Buffer.alloc(40 * 1024 ** 2), { params });
  await rejects(unpack(pieces(packed, 1_000)), "ARCHIVE_INVALID");
});

test("what its source throws is passed on", async () => {
  async function* broken() {
    yield PACKED.subarray(0, 50);
    throw archiveInvalid("x");
  }
  expect((await rejects(unpack(broken()), "ARCHIVE_INVALID")).message).toContain(": x.");
});

test("a reader that has enough ends it", async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given += 1;
      yield PACKED;
    }
  }
  for await (const part of decompressed(endless())) {
    expect(part.length).toBeGreaterThan(0);
    break;
  }
  expect(given).toBeLessThan(10);
});
