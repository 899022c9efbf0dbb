import { createPendingFactors, type PendingFactors } from "../runtime/pending-factors.ts";
import { createViewerStreams, type ViewerStreams } from "../runtime/viewer-streams.ts";
import { type AnonymousLimits, createAnonymousLimits } from "./anonymous-limits.ts";
import { type AttemptThrottle, createAttemptThrottle } from "./attempt-throttle.ts";
import { type AuditTrail, createAuditTrail } from "./audit-trail.ts";
import { type Needed, untilOf } from "./identify.ts";
import { type KnownBrowsers, openKnownBrowsers } from "./known-browsers.ts";
import { createPeople, type People } from "./people.ts";
import { newCode } from "./secrets.ts";

/** In-memory access state; the rest is in the store. */
export interface AccessControl {
  readonly people: People;
  readonly attempts: AttemptThrottle;
  /** Second-factor codes, apart from passwords: only a right code clears a count. */
  readonly codeAttempts: AttemptThrottle;
  readonly streams: ViewerStreams;
  readonly anonymous: AnonymousLimits;
  readonly trail: AuditTrail;
  readonly factors: PendingFactors;
  /** Names of the accounts that an invitation is making. */
  readonly inviting: Set<string>;
  /** Pairs of account and address with a successful log-in. */
  readonly known: { has(pair: string): boolean; add(pair: string): void };
  readonly browsers: KnownBrowsers;
  /** Authorizes creating the first account. */
  readonly setupCode: string;
}

export async function createAccessControl(ctx: Needed): Promise<AccessControl> {
  return {
    people: createPeople(await ctx.store.listUsers()),
    attempts: createAttemptThrottle(ctx.host),
    codeAttempts: createAttemptThrottle(ctx.host, { forgetMs: Number.POSITIVE_INFINITY }),
    streams: createViewerStreams({
      host: ctx.host,
      recheck: (viewer) => untilOf(ctx, viewer),
    }),
    inviting: new Set(),
    known: createBoundedSet(10_000),
    browsers: await openKnownBrowsers(ctx),
    anonymous: createAnonymousLimits(),
    trail: createAuditTrail(ctx),
    factors: createPendingFactors(ctx.host),
    setupCode: newCode(ctx.host, 3),
  };
}

function createBoundedSet(size: number): AccessControl["known"] {
  const values = new Set<string>();
  return {
    has: (value) => values.has(value),
    add(value) {
      values.delete(value);
      values.add(value);
      for (const oldest of values) if (values.size > size) values.delete(oldest);
    },
  };
}
