import { Backup, RestorePlan, RestoreRequest, Snapshot, Unlock } from "@claw/core/backup/backup";
import { InstanceId } from "@claw/core/instance";
import { JOB_OF_KIND } from "@claw/core/job";
import { z } from "zod";
import { mayAssign } from "../services/access/chosen-owner.ts";
import { planRestore } from "../services/backup/restore/plan-restore.ts";
import { restoreFor } from "../services/backup/restore/restore-backup.ts";
import { revert } from "../services/backup/restore/revert.ts";
import {
  dismissSnapshot,
  keepRestored,
  listSnapshots,
} from "../services/backup/restore/snapshots.ts";
import { testRestore } from "../services/backup/restore/test-restore.ts";
import { procedure } from "./init.ts";

const Ref = Backup.pick({ id: true });
const ById = z.object({ id: z.string().max(64) });
const Trial = ById.extend({ unlock: Unlock.optional(), instanceId: InstanceId.optional() });

const manage = { who: "operator", does: "operate", on: "backup" } as const;

/** Restoring from a backup, and what is kept of the data that it replaces. */
export const restoreProcedures = {
  plan: procedure({ ...manage, does: "read" })
    .input(RestoreRequest.omit({ unlock: true }))
    .output(RestorePlan)
    .query(({ ctx, input }) => planRestore(ctx.app, input)),
  restore: procedure(manage)
    .input(RestoreRequest)
    .output(JOB_OF_KIND.restore)
    .mutation(({ ctx, input }) => restoreFor(ctx.app, ctx.viewer, input)),
  test: procedure(manage)
    .input(Trial)
    .output(JOB_OF_KIND["test-restore"])
    .mutation(({ ctx, input }) => testRestore(ctx.app, input)),
  snapshots: procedure({ who: "operator", does: "read" })
    .output(z.array(Snapshot))
    .query(({ ctx }) => listSnapshots(ctx.app)),
  revert: procedure({ who: "operator", does: "operate", on: "snapshot" })
    .input(ById)
    .output(JOB_OF_KIND.restore)
    .mutation(({ ctx, input }) => revert(ctx.app, input.id, { mayAssign: mayAssign(ctx.viewer) })),
  keepRestored: procedure({ who: "operator", does: "operate", on: "snapshot" })
    .input(ById)
    .output(Ref)
    .mutation(({ ctx, input }) => keepRestored(ctx.app, input.id)),
  dismissSnapshot: procedure({ who: "operator", does: "admin", on: "snapshot" })
    .input(ById)
    .output(Ref)
    .mutation(({ ctx, input }) => dismissSnapshot(ctx.app, input.id)),
};
