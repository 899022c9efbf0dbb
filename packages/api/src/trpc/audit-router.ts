import { AuditPage, AuditQuery } from "@claw/core/access/audit";
import { listAudit } from "../services/access/list-audit.ts";
import { procedure, router } from "./init.ts";

export const auditRouter = router({
  list: procedure({ who: "member", does: "read" })
    .input(AuditQuery)
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx.app, ctx.viewer, input)),
});
