import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { newFactor, stepOfCode } from "./one-time-code.ts";

const { secret, uri } = newFactor("00112233445566778899aabbccddeeff00112233", "mina");
const app = new TOTP({ secret: Secret.fromBase32(secret) });
const NOW = Date.parse("2026-11-30T10:00:10.000Z");
const STEP = Math.floor(NOW / 30_000);

const stepOf = (code: string, options: { now?: number; usedStep?: number } = {}) =>
  stepOfCode(code, { secret, now: NOW, usedStep: 0, ...options });
const codeAt = (now: number) => app.generate({ timestamp: now });

test("a new factor is one that an authenticator app understands without settings", () => {
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(new URL(uri).protocol).toBe("otpauth:");
  expect(uri).toContain("ClawMultiDeploy");
  expect(uri).toContain("mina");
  expect(uri).toContain(`secret=${secret}`);
});

describe("a code", () => {
  test("is accepted in its time step, the one before and the one after", () => {
    expect(stepOf(codeAt(NOW))).toBe(STEP);
    expect(stepOf(codeAt(NOW - 30_000))).toBe(STEP - 1);
    expect(stepOf(codeAt(NOW + 30_000))).toBe(STEP + 1);
    expect(stepOf(codeAt(NOW - 60_000))).toBeNull();
    expect(stepOf(codeAt(NOW + 60_000))).toBeNull();
  });

  test("works once, and none before it works after it", () => {
    expect(stepOf(codeAt(NOW), { usedStep: STEP })).toBeNull();
    expect(stepOf(codeAt(NOW - 30_000), { usedStep: STEP })).toBeNull();
    expect(stepOf(codeAt(NOW + 30_000), { usedStep: STEP })).toBe(STEP + 1);
  });

  test("may be typed in groups", () => {
    const code = codeAt(NOW);
    expect(stepOf(` ${code.slice(0, 3)} ${code.slice(3)}\t`)).toBe(STEP);
  });

  test.each(["", "12345", "1234567", "12345a", "１２３４５６", "-12345"])("is not %j", (text) => {
    expect(stepOf(text)).toBeNull();
  });
});
