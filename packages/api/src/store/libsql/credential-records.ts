import { desc, eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { AccessRecords } from "../access-records.ts";
import { links, tokens } from "./access-schema.ts";
import { writeError } from "./errors.ts";
import type { Write } from "./write.ts";

type CredentialRecords = Pick<
  AccessRecords,
  | `${"insert" | "find" | "touch" | "delete"}Token`
  | "listTokens"
  | "deleteTokensOf"
  | "deleteLinkOf"
  | "saveLink"
  | "findLink"
  | "takeLink"
>;

/** Credentials other than sessions, by their hashes. */
export function credentialRecords(db: LibSQLDatabase, write: Write): CredentialRecords {
  const written = (action: () => Promise<unknown>): Promise<void> =>
    write(async () => void (await action())).catch(writeError);

  return {
    insertToken: (token) => written(() => db.insert(tokens).values(token)),

    async findToken(tokenHash) {
      const [row] = await db.select().from(tokens).where(eq(tokens.tokenHash, tokenHash));
      return row ?? null;
    },

    listTokens: (userId) =>
      db
        .select()
        .from(tokens)
        .where(eq(tokens.userId, userId))
        .orderBy(desc(tokens.createdAt), tokens.id),

    touchToken: (id, lastUsedAt) =>
      written(() => db.update(tokens).set({ lastUsedAt }).where(eq(tokens.id, id))),

    deleteToken: (id) => written(() => db.delete(tokens).where(eq(tokens.id, id))),

    deleteTokensOf: (userId) => written(() => db.delete(tokens).where(eq(tokens.userId, userId))),

    deleteLinkOf: (userId) => written(() => db.delete(links).where(eq(links.userId, userId))),

    saveLink: (link) =>
      written(() =>
        db.insert(links).values(link).onConflictDoUpdate({ target: links.userId, set: link }),
      ),

    async findLink(codeHash) {
      const [row] = await db.select().from(links).where(eq(links.codeHash, codeHash));
      return row ?? null;
    },

    takeLink: (codeHash) =>
      write(async () => {
        const taken = await db.delete(links).where(eq(links.codeHash, codeHash)).returning();
        return taken.length > 0;
      }).catch(writeError),
  };
}
