import type { AuditResult } from "@claw/core/access/audit";
import type { AppContext } from "../../context.ts";
import type { Deed } from "./deed.ts";

/** Writes into the audit trail what was done or refused. */
export function recordDeed(ctx: AppContext, deed: Deed, result: AuditResult): Promise<void> {
  return ctx.access.trail.record(deed, result);
}
