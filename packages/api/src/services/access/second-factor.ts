import type { NewFactor, RecoveryCodes } from "@claw/core/access/log-in-views";
import type { Viewer } from "@claw/core/access/viewer";
import { DomainError, hasReason } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { newFactor, stepOfCode } from "./one-time-code.ts";
import { requirePassword } from "./require-password.ts";
import { hashSecret, newCode, readCode } from "./secrets.ts";

const RECOVERY_CODES = 10;
/** Wrong codes without a wait. */
const FREE_CODES = 5;

/** Begins a second factor; active once its first code is confirmed. Throws CREDENTIALS_WRONG. */
export async function beginTotp(
  ctx: AppContext,
  viewer: Viewer,
  input: { password: string },
): Promise<NewFactor> {
  const user = await requirePassword(ctx, viewer, input.password);
  const factor = newFactor(ctx.host.randomHex(20), user.username);
  ctx.access.factors.set(user.id, factor.secret);
  return factor;
}

/**
 * Activates it and returns recovery codes for a lost device. Throws TOTP_WRONG, and
 * TOO_MANY_ATTEMPTS.
 */
export async function confirmTotp(
  ctx: AppContext,
  viewer: Viewer,
  input: { code: string },
): Promise<RecoveryCodes> {
  const { id } = viewer.user;
  const attempt = ctx.access.codeAttempts.begin([{ key: `new factor ${id}`, free: FREE_CODES }]);
  const secret = ctx.access.factors.get(id);
  const step = secret && stepOfCode(input.code, { secret, now: ctx.host.now(), usedStep: 0 });
  // The first of concurrent calls takes it, so only one set of recovery codes is issued.
  if (!secret || step === null || !ctx.access.factors.take(id, secret)) throw wrongCode();
  attempt.succeeded();
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newCode(ctx.host, 3));
  await ctx.store.updateUser(id, {
    totpSecret: secret,
    totpStep: Number(step),
    recoveryHashes: recoveryCodes.map(hashSecret),
  });
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
 * Requires a code from users with a second factor and uses it up: it was visible on a screen or
 * paper, and the store accepts it for only one of concurrent log-ins. Wrong codes count until a
 * right one, whatever happens in between; `place` is the known browser or address, if any, so that
 * guesses from elsewhere do not make the owner wait. Throws TOTP_REQUIRED without a code,
 * TOTP_WRONG with a wrong one, TOO_MANY_ATTEMPTS, and DISK_FULL if there is no room to cross out a
 * recovery code.
 */
export async function requireSecondFactor(
  ctx: AppContext,
  user: UserRecord,
  { code, place = "" }: { code: string | undefined; place?: string },
): Promise<void> {
  const { totpSecret: secret, totpStep: usedStep } = user;
  if (secret === null) return;
  if (code === undefined || code.trim() === "")
    throw new DomainError(
      "TOTP_REQUIRED",
      "Give the six digits that your authenticator app shows, or one of your recovery codes.",
    );
  const key = { key: `factor ${user.id} ${place}`, free: FREE_CODES };
  const attempt = ctx.access.codeAttempts.begin([key]);
  const step = stepOfCode(code, { secret, now: ctx.host.now(), usedStep });
  const isTaken =
    step === null
      ? await ctx.store.takeRecoveryCode(user.id, hashSecret(readCode(code))).catch(notCrossedOut)
      : await ctx.store.takeTotpStep(user.id, { secret, step });
  if (!isTaken) throw wrongCode();
  attempt.succeeded();
}

/** Recovery codes do not expire: one used up only in memory could be used again. */
function notCrossedOut(error: unknown): never {
  if (!hasReason(error, "DISK_FULL")) throw error;
  throw new DomainError(
    "DISK_FULL",
    "The disk that holds the panel's home (CLAW_HOME) is full, so that a recovery code cannot be crossed out. Log in with the six digits of your authenticator app, or make room on the disk and try again.",
    { cause: error },
  );
}

function wrongCode(): DomainError {
  return new DomainError(
    "TOTP_WRONG",
    "This code is wrong, was used before, or has run out. Wait for the next one; the clocks of the device and of this machine must agree.",
  );
}
