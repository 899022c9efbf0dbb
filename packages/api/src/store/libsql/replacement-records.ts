import { DomainError } from "@claw/core/errors";
import { eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { ReplacementRecords } from "../replacement-records.ts";
import { writeError } from "./errors.ts";
import { replacements, snapshots } from "./schema.ts";
import type { Write } from "./write.ts";

export function replacementRecords(db: LibSQLDatabase, write: Write): ReplacementRecords {
  return {
    listReplacements: () => db.select().from(replacements).orderBy(replacements.instanceId),

    async findReplacement(instanceId) {
      const [row] = await db
        .select()
        .from(replacements)
        .where(eq(replacements.instanceId, instanceId));
      return row ?? null;
    },

    insertReplacement: (entry) =>
      write(async () => {
        const rows = await db.insert(replacements).values(entry).onConflictDoNothing().returning();
        if (rows.length > 0) return;
        throw new DomainError(
          "BUSY",
          `${entry.instanceId} is being restored or changed. Try again when that is done.`,
        );
      }).catch(writeError),

    finishReplacement: (instanceId, replaced, reverted) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const ended = await tx
              .delete(replacements)
              .where(eq(replacements.instanceId, instanceId))
              .returning();
            if (ended.length === 0) return;
            if (replaced) await tx.insert(snapshots).values(replaced);
            if (reverted !== undefined)
              await tx.delete(snapshots).where(eq(snapshots.id, reverted));
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),
  };
}
