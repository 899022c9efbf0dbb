import { describe, expect, test } from "vitest";
import type { Scope } from "./credentials.ts";
import type { Role } from "./role.ts";
import { type Access, isAllowed, maySee, roleOf, type Viewer } from "./viewer.ts";

const viewer = (role: Role, patch: Partial<Viewer> = {}): Viewer => ({
  kind: "session",
  id: "s1",
  user: { id: "u1", username: "mina", displayName: "Mina", role },
  scope: "admin",
  instanceIds: null,
  ...patch,
});
const token = (role: Role, scope: Scope, instanceIds: string[] | null = null) =>
  viewer(role, { kind: "token", scope, instanceIds });

describe("what is allowed", () => {
  const start: Access = { who: "member", does: "operate" };
  const create: Access = { who: "operator", does: "admin" };
  const users: Access = { who: "administrator", does: "admin" };
  const password: Access = { who: "member", does: "account" };

  test.each([
    [viewer("member"), [start, password]],
    [viewer("operator"), [start, create, password]],
    [viewer("administrator"), [start, create, users, password]],
    [token("administrator", "read"), []],
    [token("administrator", "operate"), [start]],
    [token("administrator", "admin"), [start, create, users]],
    [token("member", "admin"), [start]],
    [token("administrator", "admin", ["anna"]), [start]],
  ])("to %j", (who, allowed) => {
    for (const access of [start, create, users, password])
      expect(isAllowed(who, access), JSON.stringify(access)).toBe(allowed.includes(access));
  });
});

test("what belongs to others is seen by who is no member, unless the token is for others", () => {
  const [mine, theirs, nobodys] = [
    { id: "a", owner: "u1" },
    { id: "b", owner: "u2" },
    { id: "c", owner: null },
  ];
  const seen = (who: Viewer) =>
    [mine, theirs, nobodys].filter((one) => maySee(who, one)).map(({ id }) => id);
  expect(seen(viewer("member"))).toEqual(["a"]);
  expect(seen(viewer("operator"))).toEqual(["a", "b", "c"]);
  expect(seen(token("administrator", "admin", ["b", "x"]))).toEqual(["b"]);
  expect(seen(token("member", "admin", ["b"]))).toEqual([]);
  expect(roleOf(token("administrator", "admin", ["b"]))).toBe("member");
});
