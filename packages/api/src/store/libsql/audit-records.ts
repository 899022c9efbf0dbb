import type { AuditEntry } from "@claw/core/access/audit";
import {
  and,
  desc,
  eq,
  gte,
  type InferSelectModel,
  like,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { AccessRecords, AuditFilter } from "../access-records.ts";
import { audit } from "./access-schema.ts";
import type { OwedWrites } from "./owed-writes.ts";

export function auditRecords(
  db: LibSQLDatabase,
  owed: OwedWrites,
): Pick<AccessRecords, "appendAudit" | "listAudit"> {
  let next = 0;
  return {
    appendAudit: async ({ via, ...row }) =>
      // With a key of its own, as no entry takes another's place.
      void (await owed.writeOrOwe(`audit ${next++}`, () =>
        db.insert(audit).values({ ...row, viaKind: via?.kind, viaId: via?.id }),
      )),

    async listAudit(filter) {
      const rows = await db
        .select()
        .from(audit)
        .where(and(...conditions(filter)))
        .orderBy(desc(audit.id))
        .limit(filter.limit);
      return rows.map(asEntry);
    },
  };
}

function conditions(filter: AuditFilter): (SQL | undefined)[] {
  const { before, user, action, instanceId, since, until, only } = filter;
  return [
    before === null ? undefined : lt(audit.id, before),
    user === undefined ? undefined : eq(audit.user, user),
    action === undefined
      ? undefined
      : action.endsWith(".")
        ? like(audit.action, `${action.replace(/[%_]/g, "")}%`)
        : eq(audit.action, action),
    instanceId === undefined ? undefined : isAbout([instanceId]),
    since === undefined ? undefined : gte(audit.at, since),
    until === undefined ? undefined : lt(audit.at, until),
    only && or(eq(audit.user, only.username), isAbout(only.instanceIds)),
  ];
}

/** True of entries that name one of the instances. */
function isAbout(ids: readonly string[]): SQL {
  return sql`EXISTS (SELECT 1 FROM json_each(${audit.instanceIds}) WHERE value IN (SELECT value FROM json_each(${JSON.stringify(ids)})))`;
}

function asEntry(row: InferSelectModel<typeof audit>): AuditEntry {
  const { viaKind, viaId, ...entry } = row;
  const via = viaKind !== null && viaId !== null ? { kind: viaKind, id: viaId } : null;
  return { ...entry, via };
}
