import type { BackupPolicy } from "@claw/core/backup/backup";
import type { PolicyState } from "@claw/core/backup/policy-state";
import { DomainError, messageOf } from "@claw/core/errors";
import { Encrypter } from "age-encryption";
import type { AppContext } from "../../../context.ts";
import { getPolicy } from "./get-policy.ts";
import { nextRuns } from "./next-runs.ts";
import { readPolicy, writeDoneUntil, writePolicy } from "./policy-records.ts";

/**
 * Changes the backup schedule and retention. Takes effect at the scheduler's next check, within
 * half a minute. Discards runs due by the former schedule. Throws INVALID_INPUT with the reason.
 */
export async function savePolicy(ctx: AppContext, policy: BackupPolicy): Promise<PolicyState> {
  const now = ctx.host.now();
  nextRuns(policy, now, 1);
  policy.recipients.forEach(requireRecipient);
  if (policy.instanceIds?.length === 0)
    throw new DomainError("INVALID_INPUT", "Choose at least one instance, or all of them.");

  const before = await readPolicy(ctx);
  const isAnother =
    before.enabled !== policy.enabled ||
    before.cron !== policy.cron ||
    before.timezone !== policy.timezone;
  // Mark first: with the new schedule and the old mark, an unrequested run could be due.
  if (isAnother) await writeDoneUntil(ctx, now);
  await writePolicy(ctx, policy);
  ctx.runtime.conditions.notifyRead();
  return getPolicy(ctx);
}

/** A slightly wrong key would lock everybody out of all backups. */
function requireRecipient(key: string): void {
  try {
    new Encrypter().addRecipient(key);
  } catch (error) {
    throw new DomainError(
      "INVALID_INPUT",
      `"${key}" is not a public key of age: ${messageOf(error)}. Copy it again as a whole.`,
      { cause: error },
    );
  }
}
