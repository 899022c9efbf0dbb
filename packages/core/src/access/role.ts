import { z } from "zod";

/**
 * What a person may do: an administrator everything, an operator everything with all instances
 * but nothing with users and settings, a member what belongs to the running of their own instances.
 */
export const Role = z.enum(["administrator", "operator", "member"]);
export type Role = z.infer<typeof Role>;

const RANK: Record<Role, number> = { member: 0, operator: 1, administrator: 2 };

/** True when `role` may do all that `least` may. */
export function isAtLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}
