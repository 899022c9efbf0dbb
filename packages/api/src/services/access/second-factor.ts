import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { newFactor, stepOfCode } from "./one-time-code.ts";
import { requirePassword } from "./require-password.ts";
import { hashSecret, newCode, readCode } from "./secrets.ts";

const RECOVERY_CODES = 10;

/** Begins a second factor; it counts when its first code was given. Throws CREDENTIALS_WRONG. */
export async function beginTotp(
  ctx: AppContext,
  viewer: Viewer,
  input: { password: string },
): Promise<{ secret: string; uri: string }> {
  const user = await requirePassword(ctx, viewer, input.password);
  const factor = newFactor(ctx.host.randomHex(20), user.username);
  ctx.access.factors.set(user.id, factor.secret);
  return factor;
}

/** Makes it count, and hands out the codes for who loses the device. Throws TOTP_WRONG. */
export async function confirmTotp(
  ctx: AppContext,
  viewer: Viewer,
  input: { code: string },
): Promise<{ recoveryCodes: string[] }> {
  const secret = ctx.access.factors.get(viewer.user.id);
  const step = secret && stepOfCode(input.code, { secret, now: ctx.host.now(), usedStep: 0 });
  if (!secret || step === null) throw wrongCode();
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newCode(ctx.host, 3));
  await ctx.store.updateUser(viewer.user.id, {
    totpSecret: secret,
    totpStep: Number(step),
    recoveryHashes: recoveryCodes.map(hashSecret),
  });
  ctx.access.factors.delete(viewer.user.id);
  return { recoveryCodes };
}

/** Throws CREDENTIALS_WRONG. */
export async function disableTotp(
  ctx: AppContext,
  viewer: Viewer,
  input: { password: string },
): Promise<void> {
  const user = await requirePassword(ctx, viewer, input.password);
  await ctx.store.updateUser(user.id, NO_FACTOR);
}

export const NO_FACTOR = { totpSecret: null, totpStep: 0, recoveryHashes: [] };

/**
 * Asks who has a second factor for it, and uses the code up: it was on a screen or a paper.
 * Throws TOTP_REQUIRED without one and TOTP_WRONG with a wrong one.
 */
export async function requireSecondFactor(
  ctx: AppContext,
  user: UserRecord,
  code: string | undefined,
): Promise<void> {
  const { totpSecret: secret, totpStep: usedStep } = user;
  if (secret === null) return;
  if (code === undefined || code.trim() === "")
    throw new DomainError(
      "TOTP_REQUIRED",
      "Give the six digits that your authenticator app shows, or one of your recovery codes.",
    );
  const step = stepOfCode(code, { secret, now: ctx.host.now(), usedStep });
  if (step !== null) return void (await ctx.store.updateUser(user.id, { totpStep: step }));
  const hash = hashSecret(readCode(code));
  if (!user.recoveryHashes.includes(hash)) throw wrongCode();
  const recoveryHashes = user.recoveryHashes.filter((each) => each !== hash);
  await ctx.store.updateUser(user.id, { recoveryHashes });
}

function wrongCode(): DomainError {
  return new DomainError(
    "TOTP_WRONG",
    "This code is wrong, was used before, or has run out. Wait for the next one; the clocks of the device and of this machine must agree.",
  );
}
