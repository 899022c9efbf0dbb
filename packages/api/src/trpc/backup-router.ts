import {
  Backup,
  BackupEvent,
  BackupRequest,
  DownloadLink,
  Unlock,
  UploadCheck,
} from "@claw/core/backup/backup";
import { JOB_OF_KIND } from "@claw/core/job";
import { z } from "zod";
import { isVisibleBackup, visibleBackups } from "../services/access/visible.ts";
import { findBackup } from "../services/backup/catalogue/find-backup.ts";
import { removeBackup } from "../services/backup/catalogue/remove-backup.ts";
import { updateBackup } from "../services/backup/catalogue/update-backup.ts";
import { verifyBackup } from "../services/backup/catalogue/verify-backup.ts";
import { watchBackups } from "../services/backup/catalogue/watch-backups.ts";
import { createBackup } from "../services/backup/create/create-backup.ts";
import { createDownloadTicket } from "../services/backup/transfer/download-backup.ts";
import { UPLOAD_KEY } from "../services/runtime/upload-board.ts";
import { policyProcedures } from "./backup-policy.ts";
import { restoreProcedures } from "./backup-restore.ts";
import { procedure, router } from "./init.ts";
import { streamOf } from "./stream-of.ts";
import { streamed } from "./streamed.ts";

const Ref = Backup.pick({ id: true });
const ById = z.object({ id: z.string().max(64) });
const Verification = ById.extend({ unlock: Unlock.optional() });
const UploadKey = z.object({ key: z.string().regex(UPLOAD_KEY) });
const Update = ById.extend({
  /** Empty means none. */
  note: z
    .string()
    .trim()
    .max(500)
    .transform((note) => note || null)
    .nullable()
    .exactOptional(),
  pinned: z.boolean().exactOptional(),
});

const look = { who: "member", does: "read" } as const;
const manage = { who: "operator", does: "operate", on: "backup" } as const;

export const backupRouter = router({
  list: procedure(look)
    .output(z.array(Backup))
    .query(async ({ ctx }) =>
      (await ctx.app.store.listBackups()).filter((each) => isVisibleBackup(ctx.viewer, each)),
    ),
  get: procedure({ ...look, on: "backup" })
    .input(ById)
    .output(Backup)
    .query(({ ctx, input }) => findBackup(ctx.app, input.id)),
  watch: procedure(look)
    .output(streamOf(BackupEvent))
    .subscription(({ ctx, signal }) =>
      streamed(ctx, signal, (ends) => visibleBackups(ctx.viewer, watchBackups(ctx.app, ends))),
    ),
  /** Verification progress of an upload, by the key sent with it. */
  watchUpload: procedure({ who: "operator", does: "read" })
    .input(UploadKey)
    .output(streamOf(UploadCheck))
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) => ctx.app.runtime.uploads.watch(input.key, ends)),
    ),
  create: procedure({ who: "member", does: "operate", on: "instanceIds" })
    .input(BackupRequest)
    .output(JOB_OF_KIND.backup)
    .mutation(({ ctx, input }) => createBackup(ctx.app, input, ctx.viewer.user.username)),
  verify: procedure({ who: "member", does: "operate", on: "backup" })
    .input(Verification)
    .output(JOB_OF_KIND.verify)
    .mutation(({ ctx, input }) => verifyBackup(ctx.app, input)),
  update: procedure(manage)
    .input(Update)
    .output(Backup)
    .mutation(({ ctx, input: { id, ...patch } }) => updateBackup(ctx.app, id, patch)),
  downloadTicket: procedure({ who: "member", does: "operate", on: "backup" })
    .input(ById)
    .output(DownloadLink)
    .mutation(({ ctx, input }) => createDownloadTicket(ctx.app, ctx.viewer, input.id)),
  remove: procedure({ ...manage, does: "admin" })
    .input(ById)
    .output(Ref)
    .mutation(({ ctx, input }) => removeBackup(ctx.app, input.id)),
  ...restoreProcedures,
  ...policyProcedures,
});
