import { DomainError } from "@claw/core/errors";
import { desc, eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { RestoreRecords } from "../restore-records.ts";
import { writeError } from "./errors.ts";
import { restores, snapshots } from "./schema.ts";
import type { Write } from "./write.ts";

export function restoreRecords(db: LibSQLDatabase, write: Write): RestoreRecords {
  return {
    listRestores: () => db.select().from(restores).orderBy(restores.instanceId),

    async findRestore(instanceId) {
      const [row] = await db.select().from(restores).where(eq(restores.instanceId, instanceId));
      return row ?? null;
    },

    insertRestore: (entry) =>
      write(async () => {
        const rows = await db.insert(restores).values(entry).onConflictDoNothing().returning();
        if (rows.length > 0) return;
        throw new DomainError(
          "BUSY",
          `A restore of ${entry.instanceId} is under way. Try again when it is done.`,
        );
      }).catch(writeError),

    finishRestore: (instanceId, replaced, reverted) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const ended = await tx
              .delete(restores)
              .where(eq(restores.instanceId, instanceId))
              .returning();
            if (ended.length === 0) return;
            if (replaced) await tx.insert(snapshots).values(replaced);
            if (reverted !== undefined)
              await tx.delete(snapshots).where(eq(snapshots.id, reverted));
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),

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
