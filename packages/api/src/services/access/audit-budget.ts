import type { AuditEntry } from "@claw/core/access/audit";

/** So many lines of one kind are written a minute. */
const OF_A_KIND = 60;
/** And so many in all of what one user does. */
const OF_A_USER = 300;

/** What who has not logged in may try to change. */
export const DOORS: readonly string[] = ["auth.login", "auth.redeemLink", "auth.setup"];

/** How many lines of the audit trail who does or tries something may cause within a minute. */
export interface AuditBudget {
  /** Takes a line's place; false: there is none left. */
  take(audit: Budgeted): boolean;
}

type Budgeted = Pick<AuditEntry, "user" | "via" | "action" | "result" | "instanceIds" | "object">;

export function createAuditBudget(): AuditBudget {
  const taken = new Map<string, number>();
  return {
    take(audit) {
      const limits = limitsOf(audit);
      if (limits.some(({ key, most }) => (taken.get(key) ?? 0) >= most)) return false;
      for (const { key } of limits) taken.set(key, (taken.get(key) ?? 0) + 1);
      return true;
    },
  };
}

/**
 * What anonymous callers try at the door, such as a log-in, is not hidden by calls that are refused. Of
 * users the same thing done to the same object counts, and the same refusal whatever they named:
 * what they name there need not exist. What the panel does by itself has no limit.
 */
function limitsOf(audit: Budgeted): { key: string; most: number }[] {
  const { user, via, action, result, instanceIds, object } = audit;
  if (via?.kind === "schedule") return [];
  if (via === null && result !== "ok")
    return [{ key: DOORS.includes(action) ? "entry" : "call", most: OF_A_KIND }];
  const what = result === "ok" ? [instanceIds, object] : [];
  return [
    { key: `user ${user}`, most: OF_A_USER },
    { key: JSON.stringify([user, action, result, ...what]), most: OF_A_KIND },
  ];
}
