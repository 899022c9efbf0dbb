import { readFileSync } from "node:fs";
import { messageOf } from "@claw/core/errors";
import type { GivenCertificate } from "./certificates/certificates.ts";

/** The files of `CLAW_TLS_CERT` and `CLAW_TLS_KEY`; null if neither is set. */
export function readTls(
  cert: string | undefined,
  key: string | undefined,
): GivenCertificate | null {
  if (cert === undefined && key === undefined) return null;
  const missing = (name: string) =>
    new Error(`${name} must be set: CLAW_TLS_CERT and CLAW_TLS_KEY belong together.`);
  if (cert === undefined) throw missing("CLAW_TLS_CERT");
  if (key === undefined) throw missing("CLAW_TLS_KEY");
  return {
    cert: readPem("CLAW_TLS_CERT", cert),
    key: readPem("CLAW_TLS_KEY", key),
    files: { cert, key },
  };
}

function readPem(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`${name} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}
