import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { Admitted, Call } from "./admit.ts";
import { authorize } from "./authorize.ts";
import { asOfNow } from "./identify.ts";
import { recordAuditEvent } from "./record-audit-event.ts";

/**
 * The gate for what somebody was admitted to and what had to wait since: who was disabled, demoted or
 * deleted, whose token was revoked, and whose instance became another's does not get it. A refusal is
 * written down. Throws FORBIDDEN, and as `authorize` does.
 */
export async function admitAgain(
  ctx: AppContext,
  { viewer, audit }: Pick<Admitted, "viewer" | "audit">,
  { access, input }: Pick<Call, "access" | "input">,
): Promise<void> {
  try {
    const now = await asOfNow(ctx, viewer);
    if (!now) throw goneMeanwhile(viewer.user.username);
    await authorize(ctx, now, access, await input());
  } catch (error) {
    if (error instanceof DomainError) await recordAuditEvent(ctx, audit, error.reason);
    throw error;
  }
}

function goneMeanwhile(username: string): DomainError {
  return new DomainError(
    "FORBIDDEN",
    `While this waited for its turn, the account ${username} was disabled or deleted, or the API token that asked for it was revoked.`,
  );
}
