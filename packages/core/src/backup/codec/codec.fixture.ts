import { createHash } from "node:crypto";
import type { CodecPlatform } from "./platform.ts";
import type { TarFields, TarPlatform } from "./tar-reader.ts";

/** For tests of core: a header block is the JSON text of its fields. */
export const PLATFORM: CodecPlatform & TarPlatform = {
  sha256() {
    const hash = createHash("sha256");
    return { update: (data) => void hash.update(data), digest: () => hash.digest("hex") };
  },
  decodeUtf8(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return null;
    }
  },
  decodeHeader: (block) => JSON.parse(Buffer.from(block).toString()) as TarFields,
};

export const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

/** A member as tar blocks. */
export function member(fields: Partial<TarFields>, content = ""): Uint8Array {
  const body = bytesOf(content);
  const empty = { type: "0", path: "", linkpath: "", mode: 0o600, mtime: 5 };
  const header = JSON.stringify({ ...empty, size: body.length, ...fields });
  const bytes = new Uint8Array(512 + Math.ceil(body.length / 512) * 512);
  bytes.set(bytesOf(header.padEnd(512)));
  bytes.set(body, 512);
  return bytes;
}

export const END = new Uint8Array(1_024);
