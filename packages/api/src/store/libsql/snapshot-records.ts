import { desc, eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { SnapshotRecords } from "../snapshot-records.ts";
import { writeError } from "./errors.ts";
import { snapshots } from "./schema.ts";
import type { Write } from "./write.ts";

export function snapshotRecords(db: LibSQLDatabase, write: Write): SnapshotRecords {
  return {
    listSnapshots: () =>
      db.select().from(snapshots).orderBy(desc(snapshots.createdAt), snapshots.id),

    async findSnapshot(id) {
      const [row] = await db.select().from(snapshots).where(eq(snapshots.id, id));
      return row ?? null;
    },

    decideSnapshot: (id, expiresAt) =>
      write(async () => {
        const decided = { undecided: false, expiresAt };
        await db.update(snapshots).set(decided).where(eq(snapshots.id, id));
      }).catch(writeError),

    deleteSnapshot: (id) =>
      write(async () => {
        await db.delete(snapshots).where(eq(snapshots.id, id));
      }).catch(writeError),
  };
}
