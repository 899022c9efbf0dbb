import { recordedResult } from "@claw/core/access/audit";
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
import type { AccessRecords, AuditConcern, AuditFilter, AuditRecord } from "../access-records.ts";
import { audit } from "./access-schema.ts";
import type { OwedWrites } from "./owed-writes.ts";

export function auditRecords(
  db: LibSQLDatabase,
  owed: OwedWrites,
): Pick<AccessRecords, "appendAudit" | "listAudit"> {
  let next = 0;
  return {
    appendAudit: async ({ via, ...row }) =>
      // A key of its own: no entry replaces another.
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
      return rows.map(asRecord);
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
    ...(only ? concerning(only) : []),
  ];
}

function concerning({ person, uids }: AuditConcern): (SQL | undefined)[] {
  const ofPerson = person && sql`value ->> 'owner' = ${person.username}`;
  const ofUids =
    uids && sql`value ->> 'uid' IN (SELECT value FROM json_each(${JSON.stringify(uids)}))`;
  const isAboutTheirs = sql`EXISTS (SELECT 1 FROM json_each(${audit.about}) WHERE ${and(ofPerson, ofUids)})`;
  const didIt = person && !uids ? eq(audit.user, person.username) : undefined;
  return [person && gte(audit.at, person.since), or(didIt, isAboutTheirs)];
}

/** Matches entries that name one of the instances. */
function isAbout(ids: readonly string[]): SQL {
  return sql`EXISTS (SELECT 1 FROM json_each(${audit.instanceIds}) WHERE value IN (SELECT value FROM json_each(${JSON.stringify(ids)})))`;
}

function asRecord(row: InferSelectModel<typeof audit>): AuditRecord {
  const { viaKind, viaId, result, ...entry } = row;
  const via = viaKind !== null && viaId !== null ? { kind: viaKind, id: viaId } : null;
  return { ...entry, result: recordedResult(result), via };
}
