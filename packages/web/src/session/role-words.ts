import type { Role } from "@claw/core/access/role";
import type { PlainKey } from "../i18n/i18n.ts";

export const ROLES = ["administrator", "operator", "member"] as const satisfies readonly Role[];

export const ROLE_WORDS = {
  administrator: "role.administrator",
  operator: "role.operator",
  member: "role.member",
} as const satisfies Record<Role, PlainKey>;

/** The permissions of each role. */
export const ROLE_HINTS = {
  administrator: "role.administrator.hint",
  operator: "role.operator.hint",
  member: "role.member.hint",
} as const satisfies Record<Role, PlainKey>;
