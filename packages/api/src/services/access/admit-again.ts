import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { Admitted, Call } from "./admit.ts";
import { authorize } from "./authorize.ts";
import { asOfNow } from "./identify.ts";
import { recordAuditEvent } from "./record-audit-event.ts";

/**
 * Rechecks an admitted call that had to wait: refuses it if the user was disabled, demoted or
 * deleted, the token revoked, or the instance reassigned. Records refusals. Throws FORBIDDEN, and
 * as `authorize` does.
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
