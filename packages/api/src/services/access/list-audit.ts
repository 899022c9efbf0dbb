import type { AuditEntry, AuditPage, AuditQuery } from "@claw/core/access/audit";
import { maySeePast, roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import type { AuditConcern, AuditRecord } from "../../store/access-records.ts";

/**
 * A page of the audit trail. Members see their own actions and events about instances they owned at
 * the time, without any other instances of those events. Tokens limited to instances see events
 * about these.
 */
export async function listAudit(
  ctx: AppContext,
  viewer: Viewer,
  { cursor, ...query }: AuditQuery,
): Promise<AuditPage> {
  const only = concerning(viewer);
  const filter = { ...query, before: cursor ? Number(cursor) : null };
  const found = await ctx.store.listAudit(only ? { ...filter, only } : filter);
  const last = found.length === query.limit ? found.at(-1) : undefined;
  return {
    entries: found.map((record) => shown(viewer, record)),
    nextCursor: last ? String(last.id) : null,
  };
}

function concerning({ user, instanceUids }: Viewer): AuditConcern | null {
  const { username, createdAt: since } = user;
  const isMember = user.role === "member";
  if (!isMember && instanceUids === null) return null;
  return {
    ...(isMember && { person: { username, since } }),
    ...(instanceUids !== null && { uids: instanceUids }),
  };
}

/** Users already know the ids that they named themselves. */
function shown(viewer: Viewer, { about, ...entry }: AuditRecord): AuditEntry {
  const isOwn = viewer.instanceUids === null && entry.user === viewer.user.username;
  if (roleOf(viewer) !== "member" || isOwn) return entry;
  const seen = about.filter((subject) => maySeePast(viewer, subject, entry.at));
  const instanceIds = entry.instanceIds.filter((id) => seen.some((each) => each.id === id));
  return { ...entry, instanceIds };
}
