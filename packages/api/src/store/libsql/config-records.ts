import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import { excessVersions } from "@claw/core/config-history";
import { KEPT_ROLLOUTS } from "@claw/core/config-rollout";
import { MergePatch } from "@claw/core/merge-patch";
import { instanceNotFound } from "@claw/core/not-found";
import { and, desc, eq, inArray, isNotNull, lt, notInArray, or, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { ConfigRecords, ConfigVersionRecord, VersionScope } from "../config-records.ts";
import { writeError } from "./errors.ts";
import { configRollouts, configTexts, configVersions, instances, jobs } from "./schema.ts";
import type { Write } from "./write.ts";

const compressed = promisify(zstdCompress);
const decompressed = promisify(zstdDecompress);

type Transaction = Parameters<Parameters<LibSQLDatabase["transaction"]>[0]>[0];

export function configRecords(db: LibSQLDatabase, write: Write): ConfigRecords {
  const changeOne = (change: Promise<unknown>) => write(async () => void (await change));
  const inOne = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    write(() => db.transaction(work, { behavior: "immediate" })).catch(writeError);
  return {
    ...readers(db),

    async insertConfigVersion(draft, text) {
      const bytes = Buffer.from(text);
      const body = await compressed(bytes);
      return inOne((tx) => inserted(tx, { ...draft, size: bytes.length }, body));
    },

    confirmConfigVersion: (uid, version) =>
      changeOne(
        db.update(configVersions).set({ isPending: false }).where(isVersion(uid, version)),
      ).catch(writeError),

    dropConfigVersion: (uid, version) =>
      inOne(async (tx) => {
        await tx.delete(configVersions).where(isVersion(uid, version));
        await dropLooseTexts(tx, uid);
      }),

    markConfigHealthy: (uid, version, at) =>
      changeOne(
        db.update(configVersions).set({ healthyAt: at }).where(isVersion(uid, version)),
      ).catch(writeError),

    keepRollout: (jobId, patch) =>
      inOne(async (tx) => {
        await tx.insert(configRollouts).values({ jobId, patch });
        await dropOldRollouts(tx);
      }),
  };
}

type Readers =
  | "listConfigVersions"
  | "findConfigVersion"
  | "newestConfigVersion"
  | "lastHealthyConfigVersion"
  | "configTextOf"
  | "findRolloutVersion"
  | "findRollout";

function readers(db: LibSQLDatabase): Pick<ConfigRecords, Readers> {
  const newest = (limit: number, ...where: Parameters<typeof and>) =>
    db
      .select()
      .from(configVersions)
      .where(and(...where))
      .orderBy(desc(configVersions.version))
      .limit(limit);
  const first = async (...where: Parameters<typeof and>) => (await newest(1, ...where))[0] ?? null;
  const isOf = (uid: string) => eq(configVersions.uid, uid);
  const isWritten = eq(configVersions.isPending, false);
  return {
    listConfigVersions: (uid, { before, limit }, scope) =>
      newest(
        limit,
        isOf(uid),
        isWritten,
        isWithin(scope),
        before === null ? undefined : lt(configVersions.version, before),
      ),
    findConfigVersion: (uid, version) => first(isVersion(uid, version)),
    newestConfigVersion: (uid) => first(isOf(uid)),
    lastHealthyConfigVersion: (uid, scope) =>
      first(isOf(uid), isWritten, isWithin(scope), isNotNull(configVersions.healthyAt)),

    async configTextOf(uid, version) {
      const [row] = await db
        .select({ body: configTexts.body })
        .from(configVersions)
        .innerJoin(
          configTexts,
          and(
            eq(configTexts.uid, configVersions.uid),
            eq(configTexts.revision, configVersions.revision),
          ),
        )
        .where(isVersion(uid, version));
      return row ? (await decompressed(row.body)).toString() : null;
    },

    findRolloutVersion: (uid, jobId) => first(isOf(uid), eq(configVersions.rollout, jobId)),

    async findRollout(jobId) {
      const [row] = await db
        .select({ patch: configRollouts.patch })
        .from(configRollouts)
        .where(eq(configRollouts.jobId, jobId));
      return row ? MergePatch.parse(row.patch) : null;
    },
  };
}

const isVersion = (uid: string, version: number) =>
  and(eq(configVersions.uid, uid), eq(configVersions.version, version));

function isWithin(scope: VersionScope | null) {
  if (scope === null) return undefined;
  const isOwn = eq(configVersions.ownership, scope.ownership);
  return scope.current === null ? isOwn : or(isOwn, eq(configVersions.version, scope.current));
}

async function inserted(
  tx: Transaction,
  draft: Omit<ConfigVersionRecord, "version" | "healthyAt" | "ownership">,
  body: Buffer,
): Promise<ConfigVersionRecord> {
  const { uid, revision } = draft;
  const [spec] = await tx
    .select({ ownership: instances.ownership })
    .from(instances)
    .where(eq(instances.uid, uid));
  if (!spec) throw instanceNotFound(uid);
  const [last] = await tx
    .select({ version: sql<number>`coalesce(max(${configVersions.version}), 0)` })
    .from(configVersions)
    .where(eq(configVersions.uid, uid));
  const version = (last?.version ?? 0) + 1;
  const record = { ...draft, ownership: spec.ownership, version, healthyAt: null };
  await tx.insert(configTexts).values({ uid, revision, body }).onConflictDoNothing();
  await tx.insert(configVersions).values(record);
  await dropExcess(tx, uid);
  return record;
}

async function dropExcess(tx: Transaction, uid: string): Promise<void> {
  const rows = await tx
    .select({
      version: configVersions.version,
      source: configVersions.source,
      healthyAt: configVersions.healthyAt,
      revision: configVersions.revision,
      bytes: sql<number>`length(${configTexts.body})`,
    })
    .from(configVersions)
    .innerJoin(
      configTexts,
      and(
        eq(configTexts.uid, configVersions.uid),
        eq(configTexts.revision, configVersions.revision),
      ),
    )
    .where(eq(configVersions.uid, uid))
    .orderBy(desc(configVersions.version));
  const counted = new Set<string>();
  const versions = rows.map(({ bytes, revision, ...row }) => {
    const stored = counted.has(revision) ? 0 : bytes;
    counted.add(revision);
    return { ...row, stored };
  });
  const excess = excessVersions(versions);
  if (excess.length === 0) return;
  await tx
    .delete(configVersions)
    .where(and(eq(configVersions.uid, uid), inArray(configVersions.version, excess)));
  await dropLooseTexts(tx, uid);
}

/** One that is paused may still need its change, however old it is. */
async function dropOldRollouts(tx: Transaction): Promise<void> {
  const newest = tx
    .select({ id: configRollouts.jobId })
    .from(configRollouts)
    .innerJoin(jobs, eq(jobs.id, configRollouts.jobId))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(KEPT_ROLLOUTS);
  const ended = tx.select({ id: jobs.id }).from(jobs).where(isNotNull(jobs.finishedAt));
  await tx
    .delete(configRollouts)
    .where(and(notInArray(configRollouts.jobId, newest), inArray(configRollouts.jobId, ended)));
}

async function dropLooseTexts(tx: Transaction, uid: string): Promise<void> {
  const kept = tx
    .select({ revision: configVersions.revision })
    .from(configVersions)
    .where(eq(configVersions.uid, uid));
  await tx
    .delete(configTexts)
    .where(and(eq(configTexts.uid, uid), notInArray(configTexts.revision, kept)));
}
