import { createHash } from "node:crypto";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { CodecPlatform } from "@claw/core/backup/codec/platform";
import type { TarPlatform } from "@claw/core/backup/codec/tar-reader";
import { messageOf } from "@claw/core/errors";
import { Header } from "tar/header";

/** Node's functions and the library for tar headers, for the pure codec in core. */
export const NODE_PLATFORM: CodecPlatform & TarPlatform = {
  sha256() {
    const hash = createHash("sha256");
    return { update: (data) => void hash.update(data), digest: () => hash.digest("hex") };
  },

  decodeUtf8(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      // The only reason: it is not UTF-8.
      return null;
    }
  },

  decodeHeader(block) {
    const header = headerOf(Buffer.from(block.buffer, block.byteOffset, block.length));
    if (!header.cksumValid) throw archiveInvalid("it holds a broken header");
    return {
      type: String.fromCharCode(block[156] ?? 0),
      path: header.path ?? "",
      linkpath: header.linkpath ?? "",
      size: header.size ?? -1,
      mode: header.mode ?? 0,
      mtime: Math.floor((header.mtime?.getTime() ?? -1) / 1000),
    };
  },
};

function headerOf(block: Buffer): Header {
  try {
    return new Header(block);
  } catch (error) {
    throw archiveInvalid(`it holds a broken header (${messageOf(error)})`, { cause: error });
  }
}
