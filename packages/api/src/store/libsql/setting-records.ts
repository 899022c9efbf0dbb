import { eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { Settings } from "../settings.ts";
import { writeError } from "./errors.ts";
import type { OwedWrites } from "./owed-writes.ts";
import { settings } from "./schema.ts";
import type { Write } from "./write.ts";

export function settingRecords(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): Settings {
  /** Values that the database lacks, by key. */
  const noted = new Map<string, unknown>();

  async function put(key: string, value: unknown): Promise<void> {
    const row = { key, value };
    await db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
    noted.delete(key);
    owed.drop(`setting ${key}`);
  }

  return {
    async readSetting(key) {
      if (noted.has(key)) return noted.get(key);
      const [row] = await db.select().from(settings).where(eq(settings.key, key));
      return row?.value;
    },

    saveSetting: (key, value) => write(() => put(key, value)).catch(writeError),

    async noteSetting(key, value) {
      const isWritten = await owed.writeOrOwe(`setting ${key}`, () => put(key, value));
      if (!isWritten) noted.set(key, value);
    },
  };
}
