import { BackupPolicy, BackupRequest, RestoreRequest, Unlock } from "@claw/core/backup/backup";
import { InstanceId } from "@claw/core/instance";
import { z } from "zod";
import { bringBack } from "../services/backup/bring-back.ts";
import { createBackup } from "../services/backup/create-backup.ts";
import { createDownloadTicket } from "../services/backup/download-backup.ts";
import { findBackup } from "../services/backup/find-backup.ts";
import { getPolicy } from "../services/backup/get-policy.ts";
import { planRestore } from "../services/backup/plan-restore.ts";
import { previewPolicy } from "../services/backup/preview-policy.ts";
import { removeBackup } from "../services/backup/remove-backup.ts";
import { restoreBackup } from "../services/backup/restore-backup.ts";
import { dismissSafetyCopy, listSafetyCopies } from "../services/backup/safety-copies.ts";
import { savePolicy } from "../services/backup/save-policy.ts";
import { testRestore } from "../services/backup/test-restore.ts";
import { updateBackup } from "../services/backup/update-backup.ts";
import { verifyBackup } from "../services/backup/verify-backup.ts";
import { watchBackups } from "../services/backup/watch-backups.ts";
import { procedure, router } from "./init.ts";
import { streamed } from "./streamed.ts";

const ById = z.object({ id: z.string().max(64) });
const Verification = ById.extend({ unlock: Unlock.optional() });
const Trial = Verification.extend({ instanceId: InstanceId.optional() });
const Update = ById.extend({
  /** An empty one is none. */
  note: z
    .string()
    .trim()
    .max(500)
    .transform((note) => note || null)
    .nullable()
    .exactOptional(),
  pinned: z.boolean().exactOptional(),
});

export const backupRouter = router({
  list: procedure.query(({ ctx }) => ctx.app.store.listBackups()),
  get: procedure.input(ById).query(({ ctx, input }) => findBackup(ctx.app, input.id)),
  watch: procedure.subscription(({ ctx, signal }) =>
    streamed(ctx, signal, (ends) => watchBackups(ctx.app, ends)),
  ),
  create: procedure.input(BackupRequest).mutation(({ ctx, input }) => createBackup(ctx.app, input)),
  verify: procedure.input(Verification).mutation(({ ctx, input }) => verifyBackup(ctx.app, input)),
  plan: procedure
    .input(RestoreRequest.omit({ unlock: true }))
    .query(({ ctx, input }) => planRestore(ctx.app, input)),
  restore: procedure
    .input(RestoreRequest)
    .mutation(({ ctx, input }) => restoreBackup(ctx.app, input)),
  test: procedure.input(Trial).mutation(({ ctx, input }) => testRestore(ctx.app, input)),
  safetyCopies: procedure.query(({ ctx }) => listSafetyCopies(ctx.app)),
  bringBack: procedure.input(ById).mutation(({ ctx, input }) => bringBack(ctx.app, input.id)),
  dismissSafetyCopy: procedure
    .input(ById)
    .mutation(({ ctx, input }) => dismissSafetyCopy(ctx.app, input.id)),
  update: procedure
    .input(Update)
    .mutation(({ ctx, input: { id, ...patch } }) => updateBackup(ctx.app, id, patch)),
  downloadTicket: procedure
    .input(ById)
    .mutation(({ ctx, input }) => createDownloadTicket(ctx.app, input.id)),
  policy: procedure.query(({ ctx }) => getPolicy(ctx.app)),
  savePolicy: procedure
    .input(BackupPolicy)
    .mutation(({ ctx, input }) => savePolicy(ctx.app, input)),
  previewPolicy: procedure
    .input(BackupPolicy.pick({ cron: true, timezone: true }))
    .query(({ ctx, input }) => previewPolicy(ctx.app, input)),
  remove: procedure.input(ById).mutation(({ ctx, input }) => removeBackup(ctx.app, input.id)),
});
