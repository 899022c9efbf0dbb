import type { AuditEntry } from "@claw/core/access/audit";

/** Events of one kind per minute. */
const OF_A_KIND = 60;
/** Events of one user per minute. */
const OF_A_USER = 300;

/** Mutations open to callers without a session. */
export const DOORS: readonly string[] = [
  "auth.login",
  "auth.readLink",
  "auth.redeemLink",
  "auth.setup",
];

/** How many audit events a caller may cause per minute. */
export interface AuditBudget {
  /** Reserves an event's place; false if none is left. */
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
 * Refused anonymous calls do not use up the budget of log-in attempts. For users, the same action
 * on the same object shares a limit, and so does the same refusal whatever it named, which need not
 * exist. Scheduled actions have no limit.
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
