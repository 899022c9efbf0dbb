import { eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { Settings } from "../settings.ts";
import { writeError } from "./errors.ts";
import { settings } from "./schema.ts";
import type { Write } from "./write.ts";

export function settingRecords(db: LibSQLDatabase, write: Write): Settings {
  return {
    async readSetting(key) {
      const [row] = await db.select().from(settings).where(eq(settings.key, key));
      return row?.value;
    },

    saveSetting: (key, value) =>
      write(async () => {
        const row = { key, value };
        await db
          .insert(settings)
          .values(row)
          .onConflictDoUpdate({ target: settings.key, set: row });
      }).catch(writeError),
  };
}
