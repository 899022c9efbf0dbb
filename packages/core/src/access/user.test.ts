import { describe, expect, test } from "vitest";
import { Invitation, NewUser, PasswordText, Username, UserPatch } from "./user.ts";

describe("a user name", () => {
  test.each([
    ["mina", "mina"],
    [" Mina ", "mina"],
    ["wang.wei-2_b", "wang.wei-2_b"],
    ["0", "0"],
    ["x".repeat(32), "x".repeat(32)],
  ])("%j is %j", (text, name) => expect(Username.parse(text)).toBe(name));

  test.each([
    "",
    " ",
    "-a",
    "a-",
    ".",
    "a b",
    "王",
    "a\nb",
    "a\u001b[31m",
    "__proto__",
    "x".repeat(33),
    "../a",
    "schedule",
    " Upload",
    7,
    null,
  ])("is not %j", (text) => expect(Username.safeParse(text).success).toBe(false));
});

test("a new user has a name that is shown as it is typed, and perhaps a password", () => {
  const user = { username: "mina", displayName: " 王小明 ", role: "member" };
  expect(NewUser.parse(user)).toEqual({ ...user, displayName: "王小明" });
  expect(NewUser.safeParse({ ...user, displayName: "a\u0007b" }).success).toBe(false);
  expect(NewUser.safeParse({ ...user, role: "owner" }).success).toBe(false);
  expect(PasswordText.safeParse("x".repeat(1_025)).success).toBe(false);
});

test("a patch takes a second factor away and never gives one", () => {
  expect(UserPatch.parse({ totp: false, disabled: true })).toEqual({ totp: false, disabled: true });
  expect(UserPatch.safeParse({ totp: true }).success).toBe(false);
  expect(UserPatch.parse({ passwordHash: "x", id: "u0" })).toEqual({});
});

test("an invitation names a member and perhaps their instance, by the rules of both", () => {
  const instance = { id: "mina", name: " 王小明 " };
  const invitation = { username: " Mina ", displayName: " 王小明 ", instance };
  const expected = { username: "mina", displayName: "王小明" };
  expect(Invitation.parse(invitation)).toEqual({
    ...expected,
    instance: { id: "mina", name: "王小明" },
  });
  const { instance: _, ...without } = invitation;
  expect(Invitation.parse(without)).toEqual(expected);
  const faults = [
    [{ username: "王" }, "username"],
    [{ displayName: " " }, "displayName"],
    [{ instance: { ...instance, id: "con" } }, "instance.id"],
    [{ instance: { ...instance, name: "" } }, "instance.name"],
  ] as const;
  for (const [patch, path] of faults) {
    const { error } = Invitation.safeParse({ ...invitation, ...patch });
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  }
});
