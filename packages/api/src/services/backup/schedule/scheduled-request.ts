import { isDeepStrictEqual } from "node:util";
import type { BackupPolicy, BackupRequest } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { Uses } from "../../../context.ts";
import { readPolicy } from "./policy-records.ts";

/** Whether two policies describe the same run; retention is irrelevant. */
export function isSameRun(a: BackupPolicy, b: BackupPolicy): boolean {
  const runOf = ({ keepLast, keepDaily, keepWeekly, ...run }: BackupPolicy) => run;
  return isDeepStrictEqual(runOf(a), runOf(b));
}

/** Throws CANCELLED when the policy no longer describes the run that began with `policy`. */
export async function requireSameRun(
  ctx: Uses<"store" | "config">,
  policy: BackupPolicy,
): Promise<void> {
  const now = await readPolicy(ctx);
  if (isSameRun(now, policy)) return;
  const what = now.enabled ? "changed" : "switched off";
  throw new DomainError(
    "CANCELLED",
    `The schedule was ${what} while this backup waited for its turn, so it was not made.`,
  );
}

/** The backup that a policy asks for. Throws INSTANCE_NOT_FOUND when none of its instances exists. */
export function requestOf(
  ctx: Uses<"live">,
  { instanceIds, mode, recipients }: BackupPolicy,
): BackupRequest {
  const chosen = instanceIds?.filter((id) => ctx.runtime.live.board.find(id) !== null);
  if (chosen?.length === 0)
    throw new DomainError(
      "INSTANCE_NOT_FOUND",
      "None of the instances that the schedule names exists any more. Choose others.",
    );
  return {
    mode,
    ...(chosen && { instanceIds: chosen }),
    ...(recipients.length > 0 && { encryption: { kind: "recipients", recipients } }),
  };
}
