/** Functions of the platform for the codec: core has no hashes or text decoders of its own. */
export interface CodecPlatform {
  sha256(): Sha256;
  /** Null for bytes that are not UTF-8. Keeps a byte order mark. */
  decodeUtf8(bytes: Uint8Array): string | null;
}

export interface Sha256 {
  update(data: Uint8Array | string): void;
  /** Hexadecimal. */
  digest(): string;
}

/** Copies the pieces into one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
