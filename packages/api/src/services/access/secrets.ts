import { createHash } from "node:crypto";
import type { Host } from "../../host/host.ts";

/** 256 random bits as text safe in headers and fragments. */
export function newSecret(host: Pick<Host, "randomHex">): string {
  return Buffer.from(host.randomHex(32), "hex").toString("base64url");
}

/** The stored form of a secret, which has too many bits to guess, so no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** A code to type, such as `7KQM-2XVD-9HTR`, of letters and digits that are not confused. */
export function newCode(host: Pick<Host, "randomHex">, groups: number): string {
  const letters = Array.from({ length: groups * 4 }, () => {
    for (;;) {
      const byte = Number.parseInt(host.randomHex(1), 16);
      // Rejects bytes that would make some letters likelier.
      if (byte < 256 - (256 % ALPHABET.length)) return ALPHABET[byte % ALPHABET.length];
    }
  });
  return (letters.join("").match(/.{4}/g) ?? []).join("-");
}

/** Normalizes a code typed without hyphens or in lower case. */
export function readCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return (letters.match(/.{1,4}/g) ?? []).join("-");
}
