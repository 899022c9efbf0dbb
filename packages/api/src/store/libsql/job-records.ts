import { isFinished, type Job, type JobLogLine } from "@claw/core/job";
import { readStoredJob } from "@claw/core/stored-job";
import { desc, eq, getTableColumns } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { Store } from "../store.ts";
import { writeError } from "./errors.ts";
import type { OwedWrites } from "./owed-writes.ts";
import { jobs } from "./schema.ts";
import type { Write } from "./write.ts";

type JobRecords = Pick<Store, "listJobs" | "findJob" | "saveJob" | "findJobLog">;

/** A job without its log, which can be long. */
const { log: _log, ...jobColumns } = getTableColumns(jobs);

type JobRow = Omit<typeof jobs.$inferSelect, "log">;

function jobOf({ instanceIds, begunBy, ...row }: JobRow): Job | null {
  const record = { ...row, ...(instanceIds && { instanceIds }) };
  return readStoredJob(begunBy === null ? record : { ...record, begunBy });
}

/** Jobs; they can end on a full disk. */
export function jobRecords(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): JobRecords {
  /** Results of jobs that the database lacks, by id. */
  const ended = new Map<string, { job: Job; log: readonly JobLogLine[] | undefined }>();
  const asEnded = (job: Job): Job => ({ ...(ended.get(job.id)?.job ?? job) });

  return {
    async listJobs(limit) {
      const newest = [desc(jobs.createdAt), desc(jobs.id)];
      const rows = await db
        .select(jobColumns)
        .from(jobs)
        .orderBy(...newest)
        .limit(limit);
      return rows.flatMap((row) => jobOf(row) ?? []).map(asEnded);
    },

    async findJob(id) {
      const [row] = await db.select(jobColumns).from(jobs).where(eq(jobs.id, id));
      const job = row ? jobOf(row) : null;
      return job && asEnded(job);
    },

    async saveJob(job, log) {
      const row = log === undefined ? job : { ...job, log };
      const put = async () => {
        await db.insert(jobs).values(row).onConflictDoUpdate({ target: jobs.id, set: row });
        ended.delete(job.id);
      };
      if (!isFinished(job)) return write(put).catch(writeError);
      if (!(await owed.writeOrOwe(`job ${job.id}`, put))) ended.set(job.id, { job, log });
    },

    async findJobLog(id) {
      const kept = ended.get(id)?.log;
      if (kept) return [...kept];
      const [row] = await db.select({ log: jobs.log }).from(jobs).where(eq(jobs.id, id));
      return [...(row?.log ?? [])];
    },
  };
}
