import { Secret, TOTP } from "otpauth";

const STEP_SECONDS = 30;

/** Authenticator app defaults: SHA-1, six digits, 30 seconds. */
function totpOf(secret: string, username: string): TOTP {
  return new TOTP({
    issuer: "ClawMultiDeploy",
    label: username,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: STEP_SECONDS,
  });
}

/** A new secret, and the URI that an authenticator app reads from a QR code. */
export function newFactor(hex: string, username: string): { secret: string; uri: string } {
  const secret = Secret.fromHex(hex).base32;
  return { secret, uri: totpOf(secret, username).toString() };
}

/**
 * The time step of a code: the current, previous or next one, but none up to `usedStep`, so that no
 * code works twice. Null if the code is wrong.
 */
export function stepOfCode(
  code: string,
  options: { secret: string; now: number; usedStep: number },
): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = options.now;
  const delta = totpOf(options.secret, "").validate({ token, timestamp, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1_000 / STEP_SECONDS) + delta;
  return step > options.usedStep ? step : null;
}
