import { createPublicKey } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { isDeepStrictEqual } from "node:util";
import { messageOf } from "@claw/core/errors";
import pLimit from "p-limit";
import type { AuthorityFile, Certificate, Certificates, Clock } from "../certificates.ts";
import { repeat } from "../repeat.ts";
import { type Authority, authorityText, createAuthority, readAuthority } from "./authority.ts";
import { issueLeaf, permits } from "./issue.ts";

const DAY_MS = 86_400_000;
/** Leaves are valid for 90 days. */
const LEAF_USED_MS = 60 * DAY_MS;
/** Longer than a leaf is valid, so that none outlives its authority. */
const AUTHORITY_LEFT_MS = 120 * DAY_MS;
/** How soon a clock that was set is noticed. */
export const CHECK_EVERY_MS = 60_000;

export interface OwnCertificatesOptions {
  /** Those of now: administrators change them. */
  names: () => OwnNames;
  /** Whether a name is of an instance that there is; for others nothing is issued. */
  isServed: (name: string) => boolean;
  file: AuthorityFile;
  clock: Clock;
  onNotice: (message: string) => void;
}

export interface OwnNames {
  /** Host names and addresses of the panel. */
  panel: readonly string[];
  /** Each instance has a name below it. */
  domain: string;
}

interface Leaf extends Certificate {
  /** When it was issued. */
  at: number;
}

/**
 * Certificates by an authority of the panel's own: one for the panel's names, and one for each
 * instance that is asked for. Only the authority and the keys are kept.
 */
export async function openOwnCertificates(options: OwnCertificatesOptions): Promise<Certificates> {
  const { names, isServed, clock } = options;
  const keeper = await openAuthority(options);
  const leaves = new Map<string, Leaf & { context: SecureContext }>();
  const followers: ((panel: Certificate) => void)[] = [];

  function issue(names: readonly string[]): Leaf {
    const { certificate, key, serverKey } = keeper.authority();
    const pair = { key, publicKey: createPublicKey(serverKey) };
    const now = clock.now();
    const cert = issueLeaf(pair, { issuer: certificate.raw, names, now });
    return { cert, key: serverKey.export({ type: "pkcs8", format: "pem" }), at: now };
  }

  /** Also not after a clock was set back, by which it would not be valid yet. */
  const isFresh = ({ at }: Leaf) => at <= clock.now() && clock.now() < at + LEAF_USED_MS;
  let panelNames = names().panel;
  let panel = issue(panelNames);

  async function renew(): Promise<void> {
    const isNew = await keeper.renew();
    if (isNew) leaves.clear();
    for (const name of leaves.keys()) if (!isServed(name)) leaves.delete(name);
    const wanted = names().panel;
    if (!isNew && isDeepStrictEqual(panelNames, wanted) && isFresh(panel)) return;
    panel = issue(wanted);
    panelNames = wanted;
    for (const present of followers) present(panel);
  }

  /** One after another: each may replace the authority. */
  const inTurn = pLimit(1);
  const tryToRenew = () =>
    inTurn(renew).catch((error: unknown) =>
      options.onNotice(`renewing the panel's certificates: ${messageOf(error)}`),
    );
  const renewing = repeat(clock, CHECK_EVERY_MS, tryToRenew);

  return {
    follow(present) {
      followers.push(present);
      present(panel);
    },

    forName(name) {
      if (panelNames.includes(name) || !isServed(name)) return null;
      const known = leaves.get(name);
      if (known && isFresh(known)) return known.context;
      const leaf = issue([name]);
      const context = createSecureContext(leaf);
      leaves.set(name, { ...leaf, context });
      return context;
    },

    renew: tryToRenew,

    covers: (name) => panelNames.includes(name) || isServed(name),

    authority() {
      const { pem, certificate } = keeper.authority();
      const { fingerprint256, validToDate } = certificate;
      return { pem, fingerprint: fingerprint256, expiresAt: validToDate.toISOString() };
    },

    given: () => null,

    [Symbol.asyncDispose]: () => renewing[Symbol.asyncDispose](),
  };
}

/** The authority that is kept, or a new one when there is none that can be used. */
async function openAuthority(options: OwnCertificatesOptions) {
  const { file, clock, onNotice } = options;
  const names = () => {
    const { domain, panel } = options.names();
    return [...new Set([domain, ...panel])];
  };
  let isKept = true;

  async function keep(made: Authority): Promise<void> {
    try {
      await file.write(authorityText(made));
      isKept = true;
    } catch (error) {
      // Said once. A full disk must not stop the panel, by which somebody makes room.
      if (isKept)
        onNotice(
          `the panel's certificate authority cannot be written, and is lost if the panel ends: ${messageOf(error)}`,
        );
      isKept = false;
    }
  }

  const create = () => createAuthority({ names: names(), now: clock.now() });

  async function make(made = create()): Promise<Authority> {
    await keep(made);
    return made;
  }

  /** Machines that trust the former authority need the new one instead. */
  async function replace(why: string): Promise<Authority> {
    // First: where it cannot be made, the former stays.
    const made = create();
    const aside = await file.setAside();
    onNotice(
      `the panel has a new certificate authority: everybody has to import it and remove the former one. Of that, now ${aside}, ${why}`,
    );
    return make(made);
  }

  /** Null: it can be used. A clock before its time is no reason: that may be wrong for a moment. */
  function faultOf({ certificate }: Authority): string | null {
    const left = certificate.validToDate.getTime() - clock.now();
    if (left < AUTHORITY_LEFT_MS) return `the time ends on ${certificate.validTo}`;
    return permits(certificate.raw, names())
      ? null
      : `the names do not include ${names().join(", ")}`;
  }

  async function open(): Promise<Authority> {
    const text = await file.read();
    if (text === null) return make();
    let found: Authority;
    try {
      found = readAuthority(text);
    } catch (error) {
      return replace(`the file cannot be used: ${messageOf(error)}`);
    }
    const fault = faultOf(found);
    if (fault !== null) return replace(fault);
    if (found.certificate.validFromDate.getTime() > clock.now())
      onNotice(
        `the panel's certificate authority is not valid before ${found.certificate.validFrom}: set this machine's clock`,
      );
    return found;
  }

  let authority = await open();
  return {
    authority: () => authority,
    /** Whether there is a new one. */
    async renew(): Promise<boolean> {
      if (!isKept) await keep(authority);
      const fault = faultOf(authority);
      if (fault === null) return false;
      authority = isKept ? await replace(fault) : await make();
      return true;
    },
  };
}
