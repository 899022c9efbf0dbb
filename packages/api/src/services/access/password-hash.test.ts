import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";

describe("a password", () => {
  test("is kept as argon2id with OWASP's parameters, never alike, and told from others", async () => {
    const [one, two] = await Promise.all([hashPassword("lobster"), hashPassword("lobster")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await isPassword("lobster", one)).toBe(true);
    expect(await isPassword("Lobster", one)).toBe(false);
    expect(await isPassword("", one)).toBe(false);
  });

  test("is the same however its letters were composed", async () => {
    expect(await isPassword("e\u0301cole", await hashPassword("\u00e9cole"))).toBe(true);
  });

  test("of nobody, or a hash that is none, fits nothing", async () => {
    for (const hash of [null, "", "plain", "$argon2id$v=19$m=19456,t=2,p=1$$"])
      for (const text of ["", "plain"]) expect(await isPassword(text, hash)).toBe(false);
  });

  test("of nobody takes about as long to be refused as a wrong one", async () => {
    const hash = await hashPassword("lobster");
    const timeOf = async (kept: string | null) => {
      const asked = process.cpuUsage();
      for (let time = 0; time < 5; time++) await isPassword("wrong", kept);
      const { user, system } = process.cpuUsage(asked);
      return user + system;
    };
    await timeOf(hash);
    const [somebody, nobody] = [await timeOf(hash), await timeOf(null)];
    expect(nobody / somebody).toBeGreaterThan(0.5);
    expect(nobody / somebody).toBeLessThan(2);
  });

  test("that is on the list of those that are tried first is refused", async () => {
    for (const weak of ["qwertyuiop", "1234567890", "Password123!", "short"])
      await rejects(requireGoodPassword(weak, "mina"), "PASSWORD_WEAK");
    await requireGoodPassword("four unrelated lobster words", "mina");
  });
});
