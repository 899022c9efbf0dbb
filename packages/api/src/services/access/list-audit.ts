import type { AuditEntry, AuditPage, AuditQuery } from "@claw/core/access/audit";
import { maySeePast, roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import type { AuditConcern, AuditRecord } from "../../store/access-records.ts";

/**
 * A page of the audit trail. Who is a member sees what they did and what is about what was theirs
 * then, and of the latter no other instance that it was about, too. A token that is confined to
 * instances sees what is about these.
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

/** What somebody named themselves they know. */
function shown(viewer: Viewer, { about, ...entry }: AuditRecord): AuditEntry {
  const isOwn = viewer.instanceUids === null && entry.user === viewer.user.username;
  if (roleOf(viewer) !== "member" || isOwn) return entry;
  const seen = about.filter((subject) => maySeePast(viewer, subject, entry.at));
  const instanceIds = entry.instanceIds.filter((id) => seen.some((each) => each.id === id));
  return { ...entry, instanceIds };
}
