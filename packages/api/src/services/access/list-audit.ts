import type { AuditPage, AuditQuery } from "@claw/core/access/audit";
import { maySee, roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";

/** A page of the audit trail; who is a member sees what they did and what is about theirs. */
export async function listAudit(
  ctx: AppContext,
  viewer: Viewer,
  { cursor, ...query }: AuditQuery,
): Promise<AuditPage> {
  const before = cursor ? Number(cursor) : null;
  const filter = { ...query, before };
  const entries = await ctx.store.listAudit(
    roleOf(viewer) === "member" ? { ...filter, only: await concerning(ctx, viewer) } : filter,
  );
  const last = entries.length === query.limit ? entries.at(-1) : undefined;
  return { entries, nextCursor: last ? String(last.id) : null };
}

async function concerning(ctx: AppContext, viewer: Viewer) {
  const specs = await ctx.store.listInstances();
  return {
    username: viewer.user.username,
    instanceIds: specs.filter((spec) => maySee(viewer, spec)).map(({ id }) => id),
  };
}
