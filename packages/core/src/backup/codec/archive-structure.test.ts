import { expect, test } from "vitest";
import { encodeManifest, memberName } from "../manifest.ts";
import { encodeSeal, sealHead } from "../seal.ts";
import { type ArchiveBytes, readManifest, structureHash } from "./archive-structure.ts";
import { bytesOf, END, PLATFORM } from "./codec.fixture.ts";
import { concatBytes } from "./platform.ts";

const RECORD = {
  id: "anna",
  name: "Anna",
  port: 18789,
  publishHost: "127.0.0.1",
  timezone: "UTC",
  desired: "stopped" as const,
  createdAt: "2026-01-01T00:00:00.000Z",
  image: { ref: "x", id: null, digest: null },
  openclawVersion: null,
  compose: "",
  takenAt: "2026-01-01T00:00:00.000Z",
};

/** In pieces of 100 bytes that are overwritten, as a file is read. */
function archiveOf(bytes: Uint8Array): ArchiveBytes {
  const piece = new Uint8Array(100);
  return {
    size: bytes.length,
    *read({ offset, size }) {
      for (let done = 0; done < size && offset + done < bytes.length; ) {
        const part = bytes.subarray(offset + done, offset + Math.min(size, done + piece.length));
        piece.set(part);
        yield piece.subarray(0, part.length);
        done += part.length;
      }
    },
  };
}

/** An archive with one member of 1,000 bytes behind its header. */
function makeArchive(): { bytes: Uint8Array; offset: number; size: number } {
  const [offset, size] = [512, 1_000];
  const content = { offset, size, sha256: "0".repeat(64), tarSize: 10_000, bytes: 5 };
  const instance = {
    ...{ record: RECORD, member: memberName("anna", false), ...content },
    ...{ files: 1, folders: 1, names: "portable" as const },
  };
  const facts = {
    version: 1,
    createdAt: RECORD.createdAt,
    createdBy: "panel",
    note: null,
  } as const;
  const text = encodeManifest({
    ...facts,
    panelVersion: "0",
    encryption: null,
    instances: [instance],
  });
  const manifest = bytesOf(text);
  const padded = new Uint8Array(Math.ceil(manifest.length / 512) * 512);
  padded.set(manifest);
  const manifestOffset = 512 + 1_024 + 512;
  const place = { manifestOffset, manifestSize: manifest.length };
  const block = new Uint8Array(512).fill(7);
  const head = concatBytes([block, new Uint8Array(1_024).fill(1), block, padded, block]);
  const before = concatBytes([head, bytesOf(sealHead(place))]);
  const sha256 = structureHash(archiveOf(before), before.length, [{ offset, size }], PLATFORM);
  return {
    bytes: concatBytes([head, bytesOf(encodeSeal({ ...place, sha256 })), END]),
    offset,
    size,
  };
}

test("the manifest of an archive is read from its end", () => {
  const { bytes } = makeArchive();
  expect(readManifest(archiveOf(bytes), PLATFORM).instances[0]?.record).toEqual(RECORD);
});

test("each changed byte outside the members is found, and none inside", () => {
  const { bytes, offset, size } = makeArchive();
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const read = () => readManifest(archiveOf(changed), PLATFORM);
    const inMember = at >= offset && at < offset + size;
    if (inMember) expect(read).not.toThrow();
    else expect(read, `byte ${at}`).toThrow(/./);
  }
});

test("a cut end is found, wherever", () => {
  const { bytes } = makeArchive();
  for (const cut of [1, 512, 1_024, 1_536, 2_048, bytes.length - 1, bytes.length])
    expect(() => readManifest(archiveOf(bytes.subarray(0, -cut)), PLATFORM)).toThrow(/./);
});
