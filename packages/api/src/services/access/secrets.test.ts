import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { hashSecret, newCode, newSecret, readCode } from "./secrets.ts";

const host = new FakeHost();

test("a secret has 256 bits, fits into a header, and is none that was there before", () => {
  const secrets = Array.from({ length: 50 }, () => newSecret(host));
  for (const secret of secrets) {
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  }
  expect(new Set(secrets).size).toBe(50);
  expect(hashSecret("a")).toMatch(/^[0-9a-f]{64}$/);
  expect(hashSecret("a")).not.toBe(hashSecret("b"));
});

test("a code can be typed in any way", () => {
  const code = newCode(host, 3);
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){2}$/);
  const plain = code.replaceAll("-", "");
  for (const typed of [
    code,
    plain,
    code.toLowerCase(),
    ` ${code} `,
    plain.replace(/(.{3})/g, "$1 "),
  ])
    expect(readCode(typed)).toBe(code);
  expect(readCode("")).toBe("");
});
