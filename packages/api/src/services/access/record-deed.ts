import type { AuditResult } from "@claw/core/access/audit";
import { messageOf } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { Deed } from "./deed.ts";

/** Writes into the audit trail what was done or refused. */
export async function recordDeed(ctx: AppContext, deed: Deed, result: AuditResult): Promise<void> {
  const what = result === "UNAUTHENTICATED" ? "call" : "entry";
  const isStrange = deed.via === null && result !== "ok";
  if (isStrange && !(await ctx.access.strangers.mayBeRecorded(what))) return;
  try {
    await ctx.store.appendAudit({ ...deed, at: timestamp(ctx.host), result });
  } catch (error) {
    // What was done is done: that it cannot be written down, on a full disk, is no reason to fail.
    ctx.log.error(`the audit trail cannot be written: ${messageOf(error)}`);
  }
}
