import { createPendingFactors, type PendingFactors } from "../runtime/pending-factors.ts";
import { createViewerStreams, type ViewerStreams } from "../runtime/viewer-streams.ts";
import { type AuditTrail, createAuditTrail } from "./audit-trail.ts";
import { type Needed, untilOf } from "./identify.ts";
import { type KnownBrowsers, openKnownBrowsers } from "./known-browsers.ts";
import { createPeople, type People } from "./people.ts";
import { newCode } from "./secrets.ts";
import { createStrangerBudget, type StrangerBudget } from "./stranger-budget.ts";
import { createTryThrottle, type TryThrottle } from "./try-throttle.ts";

/** What is true of access only now; the rest is in the store. */
export interface AccessControl {
  readonly people: People;
  readonly tries: TryThrottle;
  /** Codes of second factors, apart from passwords: a count is cleared by a right code alone. */
  readonly codeTries: TryThrottle;
  readonly streams: ViewerStreams;
  readonly strangers: StrangerBudget;
  readonly trail: AuditTrail;
  readonly factors: PendingFactors;
  /** Accounts with the addresses from which they were logged into. */
  readonly known: { has(pair: string): boolean; add(pair: string): void };
  readonly browsers: KnownBrowsers;
  /** Who knows it may make the first account. */
  readonly setupCode: string;
}

export async function createAccessControl(ctx: Needed): Promise<AccessControl> {
  return {
    people: createPeople(await ctx.store.listUsers()),
    tries: createTryThrottle(ctx.host),
    codeTries: createTryThrottle(ctx.host, { forgetMs: Number.POSITIVE_INFINITY }),
    streams: createViewerStreams({
      host: ctx.host,
      lookAgain: (viewer) => untilOf(ctx, viewer),
    }),
    known: createBoundedSet(10_000),
    browsers: await openKnownBrowsers(ctx),
    strangers: createStrangerBudget(),
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
