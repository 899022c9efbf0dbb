import { expect, test } from "vitest";
import { readSessionCookie, sessionCookies } from "./session-cookie.ts";

const sent = (cookies: readonly string[]) =>
  cookies.map((cookie) => cookie.split(";")[0]).join("; ");

test.each([true, false])("what was set is read, with names of this machine: %s", (isLocal) => {
  const cookies = sessionCookies("anna-1", "a.b", { isLocal });
  expect(readSessionCookie(`x=1; ${sent(cookies)}`, "anna-1", { isLocal })).toBe("a.b");
  expect(readSessionCookie(sent(cookies), "anna-2", { isLocal })).toBeNull();
});

test("a browser that keeps no secure cookie has a plain one, on this machine only", () => {
  const [, plain = ""] = sessionCookies("anna-1", "a.b", { isLocal: true });
  expect(plain).toBe("i-anna-1=a.b; Path=/; HttpOnly; SameSite=Strict");
  expect(readSessionCookie("i-anna-1=a.b", "anna-1", { isLocal: true })).toBe("a.b");
  expect(readSessionCookie("i-anna-1=a.b", "anna-1", { isLocal: false })).toBeNull();
  expect(sessionCookies("anna-1", "a.b", { isLocal: false })).toHaveLength(1);
});

test("a plain one says nothing beside the secure one, and several say nothing at all", () => {
  const secure = "__Host-Http-i-anna-1=a.b";
  const isLocal = true;
  expect(readSessionCookie(`i-anna-1=x; ${secure}`, "anna-1", { isLocal })).toBe("a.b");
  expect(readSessionCookie(`${secure}; ${secure}`, "anna-1", { isLocal })).toBeNull();
  expect(readSessionCookie("i-anna-1=a; i-anna-1=b", "anna-1", { isLocal })).toBeNull();
  expect(readSessionCookie(undefined, "anna-1", { isLocal })).toBeNull();
});
