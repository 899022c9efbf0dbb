import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { messageOf } from "@claw/core/errors";
import type { Certificate, Certificates, Clock, GivenCertificate } from "../certificates.ts";
import { repeat } from "../repeat.ts";

/**
 * Reads the content rather than watching: links that certificate tools turn to a new folder, files
 * on network disks and clocks that were set back all look the same here.
 */
export const READ_EVERY_MS = 10_000;

/**
 * Presents the administrator's certificate for every name. A new pair is presented to new
 * connections once both files fit together; until then the former stays.
 */
export function openGivenCertificates(
  given: GivenCertificate,
  { clock, onNotice }: { clock: Clock; onNotice: (message: string) => void },
): Certificates {
  let pair = check({ cert: given.cert, key: given.key });
  let certificate = new X509Certificate(pair.cert);
  /** Said once for as long as it stays the same. */
  let fault = "";
  const followers: ((panel: Certificate) => void)[] = [];
  const { cert, key } = given.files;

  async function read(): Promise<void> {
    try {
      const now = { cert: await readFile(cert), key: await readFile(key) };
      if (now.cert.equals(pair.cert) && now.key.equals(pair.key)) {
        fault = "";
        return;
      }
      pair = check(now);
      certificate = new X509Certificate(pair.cert);
      for (const present of followers) present(pair);
      fault = "";
      onNotice(`new connections get the certificate that is in ${cert} now`);
    } catch (error) {
      const message = messageOf(error);
      if (message !== fault)
        onNotice(`${cert} and ${key} have changed, and the former certificate stays: ${message}`);
      fault = message;
    }
  }

  const reading = repeat(clock, READ_EVERY_MS, read);
  return {
    follow(present) {
      followers.push(present);
      present(pair);
    },
    forName: () => null,
    renew: read,
    covers: (name) => certificate.checkHost(name) !== undefined,
    authority: () => null,
    given: () => ({ file: cert, expiresAt: certificate.validToDate.toISOString() }),
    [Symbol.asyncDispose]: () => reading[Symbol.asyncDispose](),
  };
}

/** Throws unless TLS can be served with the two, as when only one of them is new yet. */
function check<Pair extends Certificate>(pair: Pair): Pair {
  createSecureContext(pair);
  return pair;
}
