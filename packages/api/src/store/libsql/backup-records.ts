import type { Backup } from "@claw/core/backup/backup";
import { desc, eq, type InferSelectModel } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { BackupRecords } from "../backup-records.ts";
import { writeError } from "./errors.ts";
import { backups } from "./schema.ts";
import type { Write } from "./write.ts";

export function backupRecords(db: LibSQLDatabase, write: Write): BackupRecords {
  return {
    async listBackups() {
      const rows = await db.select().from(backups).orderBy(desc(backups.createdAt), backups.id);
      return rows.map(asBackup);
    },

    async findBackup(id) {
      const [row] = await db.select().from(backups).where(eq(backups.id, id));
      return row ? asBackup(row) : null;
    },

    saveBackup: ({ instanceCount: _, ...row }) =>
      write(async () => {
        await db.insert(backups).values(row).onConflictDoUpdate({ target: backups.id, set: row });
      }).catch(writeError),

    deleteBackup: (id) =>
      write(async () => {
        await db.delete(backups).where(eq(backups.id, id));
      }).catch(writeError),
  };
}

function asBackup(row: InferSelectModel<typeof backups>): Backup {
  return { ...row, instanceCount: row.instances.length };
}
