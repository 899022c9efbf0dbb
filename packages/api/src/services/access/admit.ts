import type { Access } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { authorize, requireSetUp, unauthenticated } from "./authorize.ts";
import type { Origin } from "./begin-session.ts";
import type { Deed } from "./deed.ts";
import { type Identity, identify } from "./identify.ts";
import { named } from "./named-objects.ts";
import { recordDeed } from "./record-deed.ts";

/** What somebody wants, before it is looked at. */
export interface Call {
  /** Path of the procedure, or of the route. */
  action: string;
  access: Access;
  bearer: string | null;
  origin: Origin;
  /** Read only for who is somebody. */
  input: () => Promise<unknown>;
}

/** Somebody who may do it, and what is to be written down about it. */
export interface Admitted extends Identity {
  deed: Deed;
}

/**
 * The gate before everything that is not public: who asks, whether they may, and whether what
 * they name is theirs. A refusal is written down. Throws as `requireSetUp` and `authorize` do.
 */
export async function admit(ctx: AppContext, call: Call): Promise<Admitted> {
  const deed = newDeed(call);
  try {
    requireSetUp(ctx);
    const identity = await identify(ctx, call.bearer);
    if (!identity) {
      await ctx.access.strangers.call(call.origin.address);
      throw unauthenticated();
    }
    const { viewer } = identity;
    deed.user = viewer.user.username;
    deed.via = { kind: viewer.kind, id: viewer.id };
    const input = await call.input();
    const { instanceIds, object } = named(call.access.on, input);
    Object.assign(deed, { instanceIds, object, about: ctx.live.board.subjectsOf(instanceIds) });
    await authorize(ctx, viewer, call.access, input);
    return { ...identity, deed };
  } catch (error) {
    if (error instanceof DomainError) await recordDeed(ctx, deed, error.reason);
    throw error;
  }
}

export function newDeed({ action, origin }: Pick<Call, "action" | "origin">): Deed {
  const { address } = origin;
  return { user: null, via: null, address, action, instanceIds: [], about: [], object: null };
}
