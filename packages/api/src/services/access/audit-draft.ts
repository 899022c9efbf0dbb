import type { AuditEntry } from "@claw/core/access/audit";
import type { Subject } from "@claw/core/subject";

/** Who causes an audit event, and from where. */
export type Actor = Pick<AuditEntry, "user" | "via" | "address">;

/** The panel itself. */
export const NOBODY: Actor = { user: null, via: null, address: "" };

/** An audit event before it is written: completed while the call runs, written when it ends. */
export interface AuditDraft extends Omit<AuditEntry, "id" | "at" | "result" | "count"> {
  /** The affected instances, as before and after the call. */
  about: readonly Subject[];
}
