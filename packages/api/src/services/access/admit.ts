import type { Access } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { AuditDraft } from "./audit-draft.ts";
import { authorize, requireSetUp, unauthenticated } from "./authorize.ts";
import type { Origin } from "./begin-session.ts";
import { type Identity, identify } from "./identify.ts";
import { recordAuditEvent } from "./record-audit-event.ts";
import { listed, named } from "./resource-references.ts";

/** A call before authorization. */
export interface Call {
  /** Path of the procedure or route. */
  action: string;
  access: Access;
  bearer: string | null;
  origin: Origin;
  /** Read only for authenticated callers. */
  input: () => Promise<unknown>;
}

/** An authorized caller, and the audit draft of the call. */
export interface Admitted extends Identity {
  /** The instances that the input refers to. */
  instanceIds: readonly string[];
  audit: AuditDraft;
}

/**
 * The gate before everything that is not public: authenticates the caller and checks role and
 * ownership. Records refusals. Throws as `requireSetUp` and `authorize` do.
 */
export async function admit(ctx: AppContext, call: Call): Promise<Admitted> {
  const audit = newAuditDraft(call);
  try {
    requireSetUp(ctx);
    const identity = await identify(ctx, call.bearer);
    if (!identity) {
      await ctx.access.anonymous.call(call.origin.address);
      throw unauthenticated();
    }
    const { viewer } = identity;
    audit.user = viewer.user.username;
    audit.via = { kind: viewer.kind, id: viewer.id };
    const input = await call.input();
    const { instanceIds, object } = named(call.access.on, input);
    Object.assign(audit, {
      instanceIds: listed(call.access.on, input),
      object,
      about: ctx.runtime.live.board.subjectsOf(instanceIds),
    });
    await authorize(ctx, viewer, call.access, input);
    return { ...identity, instanceIds, audit };
  } catch (error) {
    if (error instanceof DomainError) await recordAuditEvent(ctx, audit, error.reason);
    throw error;
  }
}

export function newAuditDraft({ action, origin }: Pick<Call, "action" | "origin">): AuditDraft {
  const { address } = origin;
  return { user: null, via: null, address, action, instanceIds: [], about: [], object: null };
}
