import { z } from "zod";
import { isVisibleBackup, visibleBackups } from "../services/access/visible.ts";
import { createDownloadTicket } from "../services/backup/download-backup.ts";
import { findBackup } from "../services/backup/find-backup.ts";
import { removeBackup } from "../services/backup/remove-backup.ts";
import { updateBackup } from "../services/backup/update-backup.ts";
import { watchBackups } from "../services/backup/watch-backups.ts";
import { procedure, router } from "./init.ts";
import { streamed } from "./streamed.ts";

const ById = z.object({ id: z.string().max(64) });
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

const look = { who: "member", does: "read" } as const;
const manage = { who: "operator", does: "operate", on: "backup" } as const;

export const backupRouter = router({
  list: procedure(look).query(async ({ ctx }) =>
    (await ctx.app.store.listBackups()).filter((each) =>
      isVisibleBackup(ctx.app, ctx.viewer, each),
    ),
  ),
  get: procedure({ ...look, on: "backup" })
    .input(ById)
    .query(({ ctx, input }) => findBackup(ctx.app, input.id)),
  watch: procedure(look).subscription(({ ctx, signal }) =>
    streamed(ctx, signal, (ends) =>
      visibleBackups(ctx.app, ctx.viewer, watchBackups(ctx.app, ends)),
    ),
  ),
  update: procedure(manage)
    .input(Update)
    .mutation(({ ctx, input: { id, ...patch } }) => updateBackup(ctx.app, id, patch)),
  downloadTicket: procedure({ who: "member", does: "operate", on: "backup" })
    .input(ById)
    .mutation(({ ctx, input }) => createDownloadTicket(ctx.app, ctx.viewer, input.id)),
  remove: procedure({ ...manage, does: "admin" })
    .input(ById)
    .mutation(({ ctx, input }) => removeBackup(ctx.app, input.id)),
});
