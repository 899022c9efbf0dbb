import { expect, test } from "vitest";
import { covers, NewToken, Scope } from "./credentials.ts";

test("scopes contain one another: read, operate, admin", () => {
  for (const [rank, scope] of Scope.options.entries())
    for (const [needed, other] of Scope.options.entries())
      expect(covers(scope, other), `${scope} for ${other}`).toBe(rank >= needed);
});

test("a token always ends, and is for all instances or for some, but not for none", () => {
  const token = { name: "ci", scope: "read" };
  expect(NewToken.parse(token)).toEqual({ ...token, instanceIds: null, expiresInDays: 90 });
  for (const wrong of [
    { expiresInDays: 0 },
    { expiresInDays: 367 },
    { expiresInDays: null },
    { instanceIds: [] },
    { instanceIds: ["../a"] },
    { scope: "root" },
    { name: "" },
  ])
    expect(NewToken.safeParse({ ...token, ...wrong }).success).toBe(false);
});
