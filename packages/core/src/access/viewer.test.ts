import { describe, expect, test } from "vitest";
import type { Scope } from "./credentials.ts";
import type { Role } from "./role.ts";
import { type Access, isAllowed, maySee, maySeePast, roleOf, type Viewer } from "./viewer.ts";

const viewer = (role: Role, patch: Partial<Viewer> = {}): Viewer => ({
  kind: "session",
  id: "s1",
  user: {
    id: "u1",
    username: "mina",
    displayName: "Mina",
    role,
    createdAt: "2026-02-01T00:00:00Z",
  },
  scope: "admin",
  instanceUids: null,
  ...patch,
});
const token = (role: Role, scope: Scope, instanceUids: string[] | null = null) =>
  viewer(role, { kind: "token", scope, instanceUids });

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
    { uid: "a", owner: "u1" },
    { uid: "b", owner: "u2" },
    { uid: "c", owner: null },
  ];
  const seen = (who: Viewer) =>
    [mine, theirs, nobodys].filter((one) => maySee(who, one)).map(({ uid }) => uid);
  expect(seen(viewer("member"))).toEqual(["a"]);
  expect(seen(viewer("operator"))).toEqual(["a", "b", "c"]);
  expect(seen(token("administrator", "admin", ["b", "x"]))).toEqual(["b"]);
  expect(seen(token("member", "admin", ["b"]))).toEqual([]);
  expect(roleOf(token("administrator", "admin", ["b"]))).toBe("member");
});

test("what was done with an instance is seen by whose it was then, and not by a namesake", () => {
  const [before, then] = ["2026-01-31T00:00:00.000Z", "2026-02-02T00:00:00.000Z"];
  const past = (owner: string | null, uid: string | null = "a") => ({ id: "bot", uid, owner });
  const member = viewer("member");
  expect(maySeePast(member, past("mina"), then)).toBe(true);
  expect(maySeePast(member, past("mina", null), then)).toBe(true);
  expect(maySeePast(member, past("mina"), before)).toBe(false);
  expect(maySeePast(member, past("anna"), then)).toBe(false);
  expect(maySeePast(member, past(null), then)).toBe(false);
  expect(maySeePast(viewer("operator"), past("anna"), before)).toBe(true);
  const [own, all] = [token("member", "read", ["a"]), token("administrator", "read", ["a"])];
  expect([maySeePast(own, past("mina"), then), maySeePast(own, past("anna"), then)]).toEqual([
    ...[true, false],
  ]);
  expect(maySeePast(all, past("anna"), then)).toBe(true);
  expect(maySeePast(all, past("anna", "b"), then)).toBe(false);
  expect(maySeePast(all, past("anna", null), then)).toBe(false);
});
