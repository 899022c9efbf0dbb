import { archiveInvalid } from "../archive-invalid.ts";
import { BLOCK } from "../seal.ts";
import { type PaxRecords, parsePax } from "./pax-records.ts";
import { type CodecPlatform, concatBytes } from "./platform.ts";
import { blockRest, type ContentSink, type TarMember } from "./tar-member.ts";

/** The fields of a header block. */
export interface TarFields {
  /** The character of its type. */
  type: string;
  path: string;
  linkpath: string;
  size: number;
  mode: number;
  /** Whole seconds since 1970; negative when it is none. */
  mtime: number;
}

/** What reading a tar needs beside the bytes. */
export interface TarPlatform extends Pick<CodecPlatform, "decodeUtf8"> {
  /** Throws ARCHIVE_INVALID for a block that is no header. */
  decodeHeader(block: Uint8Array): TarFields;
}

export interface TarReader {
  /** Throws ARCHIVE_INVALID at the first thing that our archives never hold. */
  write(bytes: Uint8Array): void;
  /** Throws when the archive is incomplete. */
  end(): void;
}

/** Enough for the longest path and the longest target. */
const PAX_MAX_SIZE = 32 * 1024;
const NOTHING: ContentSink = { data: () => undefined, end: () => undefined };

/**
 * Reads a tar stream of files, folders and links only. `onMember` receives each and returns the
 * destination of its content.
 */
export function readTar(
  onMember: (member: TarMember) => ContentSink,
  platform: TarPlatform,
): TarReader {
  const block = new Uint8Array(BLOCK);
  let inBlock = 0;
  let left = 0;
  let rest = 0;
  let sink = NOTHING;
  let pax: PaxRecords = {};
  let zeroBlocks = 0;

  function takeContent(bytes: Uint8Array): number {
    const part = bytes.subarray(0, Math.min(left, bytes.length));
    left -= part.length;
    sink.data(part);
    if (left === 0) sink.end();
    return part.length;
  }

  function takeBlock(): void {
    if (block.every((byte) => byte === 0)) {
      zeroBlocks += 1;
      return;
    }
    if (zeroBlocks > 0) throw archiveInvalid("something follows its end");
    const header = platform.decodeHeader(block);
    if (header.type === "x") expectPax(header.size);
    else {
      const member = memberOf(header, pax);
      pax = {};
      expect(member.size, onMember(member));
    }
  }

  function expectPax(size: number): void {
    if (size < 0 || size > PAX_MAX_SIZE || Object.keys(pax).length > 0)
      throw archiveInvalid("it holds a header that no backup has");
    const parts: Uint8Array[] = [];
    expect(size, {
      data: (part) => void parts.push(Uint8Array.from(part)),
      end: () => {
        pax = parsePax(concatBytes(parts), platform);
      },
    });
  }

  function expect(size: number, next: ContentSink): void {
    sink = next;
    left = size;
    rest = blockRest(size);
    if (left === 0) sink.end();
  }

  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (left > 0) at += takeContent(bytes.subarray(at));
        else if (rest > 0) {
          const skipped = Math.min(rest, bytes.length - at);
          rest -= skipped;
          at += skipped;
        } else {
          if (zeroBlocks === 2) throw archiveInvalid("something follows its end");
          const part = bytes.subarray(at, at + BLOCK - inBlock);
          block.set(part, inBlock);
          at += part.length;
          inBlock = (inBlock + part.length) % BLOCK;
          if (inBlock === 0) takeBlock();
        }
      }
    },
    end() {
      if (zeroBlocks !== 2) throw archiveInvalid("it ends too early");
    },
  };
}

const KINDS: Readonly<Record<string, TarMember["kind"]>> = { 0: "file", 2: "link", 5: "folder" };

/** Refuses anything else: a hard link, a device, a sparse file, an old GNU name. */
function memberOf(header: TarFields, pax: PaxRecords): TarMember {
  const { type, mtime } = header;
  const kind = KINDS[type];
  if (kind === undefined)
    throw archiveInvalid(
      `it holds something that is neither file nor folder (type ${JSON.stringify(type)})`,
    );
  const path = pax.path ?? header.path;
  const size = kind === "file" ? (pax.size ?? header.size) : 0;
  if (!Number.isSafeInteger(size) || size < 0 || !Number.isSafeInteger(mtime))
    throw archiveInvalid("it holds a broken header");
  const name = kind === "folder" && path.endsWith("/") ? path.slice(0, -1) : path;
  const mode = header.mode & 0o777;
  if (kind !== "link") return { path: name, kind, size, mode, mtime };
  return { path: name, kind, target: pax.linkpath ?? header.linkpath, size, mode, mtime };
}
