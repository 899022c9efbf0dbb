import type { AuditEntry } from "@claw/core/access/audit";
import type { Subject } from "@claw/core/subject";

/** What is about to be done, as far as it is known; written down when it is over. */
export interface Deed extends Omit<AuditEntry, "id" | "at" | "result" | "count"> {
  /** The instances that it is about, as they were before and after it. */
  about: readonly Subject[];
}
