import { expect, test } from "vitest";
import { isAtLeast, Role } from "./role.ts";

test("roles contain one another: administrator, operator, member", () => {
  const order = ["member", "operator", "administrator"] as const;
  for (const [rank, role] of order.entries())
    for (const [least, other] of order.entries())
      expect(isAtLeast(role, other), `${role} as ${other}`).toBe(rank >= least);
  expect(Role.safeParse("root").success).toBe(false);
  expect(Role.safeParse("__proto__").success).toBe(false);
});
