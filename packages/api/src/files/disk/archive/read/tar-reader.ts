import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { BLOCK } from "@claw/core/backup/seal";
import { messageOf } from "@claw/core/errors";
import { Header } from "tar/header";
import { blockRest } from "../pack/frames.ts";
import type { TarMember } from "../pack/tar-header.ts";
import { type PaxRecords, parsePax } from "./pax-records.ts";

/** Receives the content of one member. */
export interface ContentSink {
  data(bytes: Buffer): void;
  end(): void;
}

export interface TarReader {
  /** Throws ARCHIVE_INVALID at the first thing that our archives never hold. */
  write(bytes: Buffer): void;
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
export function readTar(onMember: (member: TarMember) => ContentSink): TarReader {
  const block = Buffer.alloc(BLOCK);
  let inBlock = 0;
  let left = 0;
  let rest = 0;
  let sink = NOTHING;
  let pax: PaxRecords = {};
  let zeroBlocks = 0;

  function takeContent(bytes: Buffer): number {
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
    const type = String.fromCharCode(block[156] ?? 0);
    const header = decodeHeader(block);
    if (type === "x") expectPax(header.size ?? 0);
    else {
      const member = memberOf(type, header, pax);
      pax = {};
      expect(member.size, onMember(member));
    }
  }

  function expectPax(size: number): void {
    if (size > PAX_MAX_SIZE || Object.keys(pax).length > 0)
      throw archiveInvalid("it holds a header that no backup has");
    const parts: Buffer[] = [];
    expect(size, {
      data: (part) => void parts.push(Buffer.from(part)),
      end: () => {
        pax = parsePax(Buffer.concat(parts));
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
          const copied = bytes.copy(block, inBlock, at);
          at += copied;
          inBlock = (inBlock + copied) % BLOCK;
          if (inBlock === 0) takeBlock();
        }
      }
    },
    end() {
      if (zeroBlocks !== 2) throw archiveInvalid("it ends too early");
    },
  };
}

function decodeHeader(block: Buffer): Header {
  let header: Header;
  try {
    header = new Header(block);
  } catch (error) {
    throw archiveInvalid(`it holds a broken header (${messageOf(error)})`, { cause: error });
  }
  if (!header.cksumValid) throw archiveInvalid("it holds a broken header");
  return header;
}

const KINDS: Readonly<Record<string, TarMember["kind"]>> = { 0: "file", 2: "link", 5: "folder" };

/** Refuses anything else: a hard link, a device, a sparse file, an old GNU name. */
function memberOf(type: string, header: Header, pax: PaxRecords): TarMember {
  const kind = KINDS[type];
  if (kind === undefined)
    throw archiveInvalid(
      `it holds something that is neither file nor folder (type ${JSON.stringify(type)})`,
    );
  const path = pax.path ?? header.path ?? "";
  const size = kind === "file" ? (pax.size ?? header.size ?? -1) : 0;
  const mtime = Math.floor((header.mtime?.getTime() ?? -1) / 1000);
  if (!Number.isSafeInteger(size) || size < 0 || !Number.isSafeInteger(mtime))
    throw archiveInvalid("it holds a broken header");
  const name = kind === "folder" && path.endsWith("/") ? path.slice(0, -1) : path;
  const mode = (header.mode ?? 0) & 0o777;
  if (kind !== "link") return { path: name, kind, size, mode, mtime };
  return { path: name, kind, target: pax.linkpath ?? header.linkpath ?? "", size, mode, mtime };
}
