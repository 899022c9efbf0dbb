import type { AuditResult } from "@claw/core/access/audit";
import type { AppContext } from "../../context.ts";
import type { AuditDraft } from "./audit-draft.ts";

/** Appends a finished or refused call to the audit trail. Never throws. */
export function recordAuditEvent(
  ctx: AppContext,
  audit: AuditDraft,
  result: AuditResult,
): Promise<void> {
  return ctx.access.trail.record(audit, result);
}
