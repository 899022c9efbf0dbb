import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { issueAuthority, newKey } from "./issue.ts";

/** A certificate authority, and the key of the servers that it vouches for. */
export interface Authority {
  pem: string;
  certificate: X509Certificate;
  key: KeyObject;
  /**
   * One for all names: they are served by one process. It is kept, so that what a colleague accepted
   * for it survives renewals and restarts.
   */
  serverKey: KeyObject;
}

export function createAuthority(options: { names: readonly string[]; now: number }): Authority {
  const key = newKey();
  const pem = issueAuthority({ key, publicKey: createPublicKey(key) }, options);
  return { pem, certificate: new X509Certificate(pem), key, serverKey: newKey() };
}

export function authorityText({ pem, key, serverKey }: Authority): string {
  const texts = [key, serverKey].map((each) => each.export({ type: "pkcs8", format: "pem" }));
  return [pem, ...texts].join("");
}

const BLOCK = /-----BEGIN ([A-Z ]+)-----\n[\s\S]+?\n-----END \1-----\n/g;
const KINDS = "CERTIFICATE, PRIVATE KEY, PRIVATE KEY";

/** Throws an Error with the reason unless `text` is whole and its parts belong together. */
export function readAuthority(text: string): Authority {
  const blocks = [...text.replaceAll("\r\n", "\n").matchAll(BLOCK)];
  const kinds = blocks.map(([, kind]) => kind).join(", ");
  if (kinds !== KINDS) throw new Error(`it holds "${kinds}" instead of "${KINDS}"`);
  const [pem = "", key = "", serverKey = ""] = blocks.map(([block]) => block);
  const certificate = new X509Certificate(pem);
  const authority = {
    pem,
    certificate,
    key: createPrivateKey(key),
    serverKey: createPrivateKey(serverKey),
  };
  if (!certificate.ca) throw new Error("its certificate is not of an authority");
  if (!certificate.checkPrivateKey(authority.key))
    throw new Error("its first key does not belong to its certificate");
  return authority;
}
