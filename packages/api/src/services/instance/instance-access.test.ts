import { isAllowed } from "@claw/core/access/viewer";
import { expect, test } from "vitest";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { INSTANCE_ACCESS } from "./instance-access.ts";

const { use, create, remove, update, label, migrate, ...others } = INSTANCE_ACCESS;

test("who has an instance uses it; creating, changing and deleting is for operators and the scope of that", () => {
  const member = viewerOf(userOf({ role: "member" }));
  const operator = viewerOf(userOf({ role: "operator" }));
  const token = { ...operator, kind: "token", scope: "operate" } as const;
  for (const access of [use, ...Object.values(others)])
    expect([member, operator, token].map((viewer) => isAllowed(viewer, access))).toEqual([
      true,
      true,
      true,
    ]);
  for (const access of [create, remove, update, label, migrate])
    expect([member, operator, token].map((viewer) => isAllowed(viewer, access))).toEqual([
      false,
      true,
      false,
    ]);
});
