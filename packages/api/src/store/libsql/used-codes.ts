import { and, eq, lt, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { AccessRecords } from "../access-records.ts";
import { users } from "./access-schema.ts";
import { writeError } from "./errors.ts";
import type { OwedWrites } from "./owed-writes.ts";
import type { Write } from "./write.ts";

type UsedCodes = Pick<AccessRecords, "takeTotpStep" | "takeRecoveryCode">;

/** Single-use codes; short-lived ones can be used on a full disk. */
export function usedCodes(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): UsedCodes {
  /** Codes in use, or used but missing from the database, by user. */
  const ahead = new Map<string, { secret: string; step: number }>();

  const isUnused = (id: string, { secret, step }: { secret: string; step: number }) =>
    and(eq(users.id, id), eq(users.totpSecret, secret), lt(users.totpStep, step));

  return {
    async takeTotpStep(id, { secret, step }) {
      const before = ahead.get(id);
      // Compare and set before any await: whatever the disk does, one caller succeeds.
      if (before?.secret === secret && before.step >= step) return false;
      const used = { secret, step };
      ahead.set(id, used);
      const forget = () => void (ahead.get(id) === used && ahead.delete(id));
      let taken = 0;
      try {
        const isWritten = await owed.writeOrOwe(`code ${id}`, async () => {
          const change = db.update(users).set({ totpStep: step }).where(isUnused(id, used));
          taken = (await change.returning({ id: users.id })).length;
          forget();
        });
        if (isWritten) return taken > 0;
      } catch (error) {
        forget();
        throw error;
      }
      return (await db.select({ id: users.id }).from(users).where(isUnused(id, used))).length > 0;
    },

    takeRecoveryCode: (id, hash) =>
      write(async () => {
        const codes = sql`json_each(${users.recoveryHashes})`;
        const others = sql`(SELECT json_group_array(value) FROM ${codes} WHERE value <> ${hash})`;
        const isThere = sql`EXISTS (SELECT 1 FROM ${codes} WHERE value = ${hash})`;
        const taken = await db
          .update(users)
          .set({ recoveryHashes: others })
          .where(and(eq(users.id, id), isThere))
          .returning({ id: users.id });
        return taken.length > 0;
      }).catch(writeError),
  };
}
