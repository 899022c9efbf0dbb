import { z } from "zod";

/**
 * A user's role. Administrators may do everything; operators everything with all instances, but
 * nothing with users and settings; members what running their own instances takes.
 */
export const Role = z.enum(["administrator", "operator", "member"]);
export type Role = z.infer<typeof Role>;

const RANK: Record<Role, number> = { member: 0, operator: 1, administrator: 2 };

/** True when `role` includes everything that `least` allows. */
export function isAtLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}
