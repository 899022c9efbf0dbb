import { RolloutDraft, RolloutPreview, RolloutRequest } from "@claw/core/config-rollout";
import { BatchJob } from "@claw/core/job";
import { z } from "zod";
import { previewRollout } from "../services/rollout/preview-rollout.ts";
import { runRollout } from "../services/rollout/run-rollout.ts";
import { undoRollout } from "../services/rollout/undo-rollout.ts";
import { doneBy, procedure, router, type ViewerContext } from "./init.ts";

const ById = z.object({ id: z.string().max(64) });

// A configuration contains the access token, so each instance must be one that the caller may use.
const many = procedure({ who: "member", does: "operate", on: "someInstances" });
const one = procedure({ who: "member", does: "operate", on: "job" });

const starter = (ctx: ViewerContext) => ({ viewer: ctx.viewer, by: doneBy(ctx) });

/** Changes of many configurations. A roll-out is a batch, which `batches` pauses and retries. */
export const rolloutRouter = router({
  /** Sent by POST: the change does not belong in an address. */
  preview: many
    .input(RolloutDraft)
    .output(RolloutPreview)
    .query(({ ctx, input }) => previewRollout(ctx.app, input, ctx.viewer)),
  run: many
    .input(RolloutRequest)
    .output(BatchJob)
    .mutation(({ ctx, input }) => runRollout(ctx.app, input, starter(ctx))),
  undo: one
    .input(ById)
    .output(BatchJob)
    .mutation(({ ctx, input }) => undoRollout(ctx.app, input.id, starter(ctx))),
});
