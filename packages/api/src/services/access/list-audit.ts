import type { AuditEntry, AuditPage, AuditQuery } from "@claw/core/access/audit";
import { maySee, roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import type { AuditFilter } from "../../store/access-records.ts";

type Concerning = NonNullable<AuditFilter["only"]>;

/**
 * A page of the audit trail. Who is a member sees what they did and what is about theirs, and of
 * the latter no other instance that it was about, too.
 */
export async function listAudit(
  ctx: AppContext,
  viewer: Viewer,
  { cursor, ...query }: AuditQuery,
): Promise<AuditPage> {
  const before = cursor ? Number(cursor) : null;
  const filter = { ...query, before };
  const only = roleOf(viewer) === "member" ? await concerning(ctx, viewer) : null;
  const found = await ctx.store.listAudit(only ? { ...filter, only } : filter);
  const entries = only ? found.map((entry) => withoutOthers(entry, only)) : found;
  const last = entries.length === query.limit ? entries.at(-1) : undefined;
  return { entries, nextCursor: last ? String(last.id) : null };
}

/** What somebody named themselves they know. */
function withoutOthers(entry: AuditEntry, only: Concerning): AuditEntry {
  if (entry.user === only.username) return entry;
  const instanceIds = entry.instanceIds.filter((id) => only.instanceIds.includes(id));
  return { ...entry, instanceIds };
}

async function concerning(ctx: AppContext, viewer: Viewer): Promise<Concerning> {
  const specs = await ctx.store.listInstances();
  return {
    username: viewer.user.username,
    instanceIds: specs.filter((spec) => maySee(viewer, spec)).map(({ id }) => id),
  };
}
