import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import type { OpenEntry } from "@claw/core/instance-views";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import { findInstance } from "../instance/find-instance.ts";
import type { OpenAccess } from "../runtime/open-tickets.ts";
import { followAddress } from "./follow-address.ts";
import { requireTrust } from "./prove-ingress.ts";
import { requireRunning } from "./require-running.ts";

/** The path at which an instance's origin takes tickets. */
export const ENTER_PATH = "/.claw/enter";

interface EnterInput {
  id: InstanceId;
  label: string;
  access?: OpenAccess | undefined;
}

/**
 * A ticket that begins a session at the instance. Who looks into a colleague's instance may only
 * read unless they ask for more, which its owner finds in the audit trail. Throws
 * INSTANCE_NOT_FOUND for a label of another instance, INSTANCE_NOT_RUNNING and GATEWAY_REFUSES.
 */
export async function enterInstance(
  ctx: AppContext,
  input: EnterInput,
  by: { viewer: Viewer; actor: Actor; panelOrigin: string },
): Promise<OpenEntry> {
  const spec = await findInstance(ctx, input.id);
  const site = ctx.runtime.addresses.site();
  if (spec.label !== input.label) throw instanceNotFound(input.id);
  if (!site || !spec.ingress) throw notServed(input.id);
  requireRunning(ctx, input.id);
  const { user, id: sessionId } = by.viewer;
  const isForeign = spec.owner !== null && spec.owner !== user.id;
  const access = isForeign ? (input.access ?? "read") : "full";
  const origin = publicOrigin(spec.label, site);
  await followAddress(ctx, spec, origin);
  await requireTrust(ctx, spec);
  const { text, expiresAt } = ctx.runtime.openTickets.issue({
    sessionId,
    userId: user.id,
    instanceUid: spec.uid,
    ownership: spec.ownership,
    access,
    from: by.panelOrigin,
    to: origin,
  });
  if (isForeign && access === "full")
    await recordAuditEvent(
      ctx,
      {
        ...by.actor,
        action: "instances.openFully",
        instanceIds: [spec.id],
        about: ctx.runtime.live.board.subjectsOf([spec.id]),
        object: null,
      },
      "ok",
    );
  return {
    action: `${origin}${ENTER_PATH}`,
    ticket: text,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}

export function notServed(id: InstanceId): DomainError {
  return new DomainError(
    "NOT_SUPPORTED",
    `The instance ${id} opens only through a panel that serves instances at addresses of their own, and this one has none. Set CLAW_INSTANCE_DOMAIN as docs/network.md says, and leave CLAW_PUBLISH_HOST at 127.0.0.1.`,
  );
}
