import { BackupPolicy, NextRuns } from "@claw/core/backup/backup";
import { PolicyState } from "@claw/core/backup/policy-state";
import { getPolicy } from "../services/backup/schedule/get-policy.ts";
import { previewPolicy } from "../services/backup/schedule/preview-policy.ts";
import { savePolicy } from "../services/backup/schedule/save-policy.ts";
import { procedure } from "./init.ts";

/** Scheduled backups. */
export const policyProcedures = {
  policy: procedure({ who: "operator", does: "read" })
    .output(PolicyState)
    .query(({ ctx }) => getPolicy(ctx.app)),
  savePolicy: procedure({ who: "administrator", does: "admin" })
    .input(BackupPolicy)
    .output(PolicyState)
    .mutation(({ ctx, input }) => savePolicy(ctx.app, input)),
  previewPolicy: procedure({ who: "operator", does: "read" })
    .input(BackupPolicy.pick({ cron: true, timezone: true }))
    .output(NextRuns)
    .query(({ ctx, input }) => previewPolicy(ctx.app, input)),
};
