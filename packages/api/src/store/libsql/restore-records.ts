import { DomainError } from "@claw/core/errors";
import { desc, eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { RestoreRecords } from "../restore-records.ts";
import { writeError } from "./errors.ts";
import { restores, safetyCopies } from "./schema.ts";
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

    finishRestore: (instanceId, replaced, broughtBack) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const ended = await tx
              .delete(restores)
              .where(eq(restores.instanceId, instanceId))
              .returning();
            if (ended.length === 0) return;
            if (replaced) await tx.insert(safetyCopies).values(replaced);
            if (broughtBack !== undefined)
              await tx.delete(safetyCopies).where(eq(safetyCopies.id, broughtBack));
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),

    listSafetyCopies: () =>
      db.select().from(safetyCopies).orderBy(desc(safetyCopies.createdAt), safetyCopies.id),

    async findSafetyCopy(id) {
      const [row] = await db.select().from(safetyCopies).where(eq(safetyCopies.id, id));
      return row ?? null;
    },

    deleteSafetyCopy: (id) =>
      write(async () => {
        await db.delete(safetyCopies).where(eq(safetyCopies.id, id));
      }).catch(writeError),
  };
}
