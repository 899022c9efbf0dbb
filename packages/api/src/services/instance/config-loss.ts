import type { LossOutcome } from "@claw/core/config-views";
import type { Reason } from "@claw/core/errors";
import { asSentence } from "@claw/core/sentence";
import type { SavedConfig } from "../runtime/saved-configs.ts";

/** The audit trail's name for the outcome of a saved configuration. */
export const LOSS_REASONS: Record<LossOutcome, Reason> = {
  replaced: "REVISION_MISMATCH",
  skipped: "CONFIG_INVALID",
  died: "CONFIG_INVALID",
};

/** The gateway's complaint about a configuration that it does not take, and the state of the file. */
export function lossWords({
  complaint,
  isBack,
}: Pick<SavedConfig, "complaint" | "isBack">): string {
  const said = asSentence(
    `OpenClaw does not take this configuration${complaint === null ? "" : `: ${complaint}`}`,
  );
  return `${said} ${isBack ? "The former configuration is back." : "Look at the file again."}`;
}
