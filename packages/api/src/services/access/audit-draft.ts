import type { AuditEntry } from "@claw/core/access/audit";
import type { Subject } from "@claw/core/subject";

/** An audit event before it is written: completed while the call runs, written when it ends. */
export interface AuditDraft extends Omit<AuditEntry, "id" | "at" | "result" | "count"> {
  /** The affected instances, as before and after the call. */
  about: readonly Subject[];
}
