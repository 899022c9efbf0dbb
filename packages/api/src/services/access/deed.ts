import type { AuditEntry } from "@claw/core/access/audit";

/** What is about to be done, as far as it is known; written down when it is over. */
export type Deed = Omit<AuditEntry, "id" | "at" | "result">;
