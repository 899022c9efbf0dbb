import type { Unjudged } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import { type BatchTask, PATIENT, type TaskContext } from "../batch/batch-task.ts";
import { type ChangedConfig, changeConfig } from "../instance/change-config.ts";
import type { ConfigAuthor } from "../runtime/config-author.ts";
import { formerText } from "./former-text.ts";
import { judgedText } from "./judged-text.ts";
import { requireTaken } from "./require-taken.ts";

/** Changes a configuration as its job says, in the text that it has by then. */
export const configure = (id: InstanceId): BatchTask =>
  untilTaken(id, async (on) => {
    const { ctx, jobId, by, signal } = on;
    const patch = await ctx.store.findRollout(jobId);
    if (patch === null) throw new Error(`the roll-out ${jobId} has no change`);
    let unjudged: Unjudged | null = null;
    const next = async (before: string | null) => {
      const judged = await judgedText(ctx, { id, before, patch, by: by.user });
      unjudged = judged.unjudged;
      return judged.text;
    };
    const author: ConfigAuthor = { source: "roll-out", by, rollout: jobId };
    const changed = await changeConfig(ctx, { id, author, next }, { ...PATIENT, signal });
    if (unjudged !== null) on.tell({ unjudged });
    return changed;
  });

/** Takes back the texts that the job `undoes` has written. */
export const restoreFormer = (id: InstanceId, undoes: string | undefined): BatchTask =>
  untilTaken(id, async ({ ctx, jobId, by, signal }) => {
    const next = (present: string | null) => formerText(ctx, { id, present, jobId: undoes });
    const author: ConfigAuthor = { source: "restore", by, rollout: jobId };
    return changeConfig(ctx, { id, author, next }, { ...PATIENT, signal });
  });

/** Succeeds when the gateway takes what `change` has written, if anything. */
function untilTaken(
  id: InstanceId,
  change: (on: TaskContext) => Promise<ChangedConfig | null>,
): BatchTask {
  let changed: ChangedConfig | null = null;
  return {
    id,
    async act(on) {
      changed = await change(on);
      // A gateway that restarts itself costs the machine as much as a start: it keeps its turn.
      if (changed?.needsRestart) on.tell({ needsRestart: true });
      else if (changed?.effect === "restart") await requireTaken(on, id, changed);
    },
    async settle(on) {
      if (changed !== null) await requireTaken(on, id, changed);
    },
  };
}
