import { and, desc, eq, lt, ne, or } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { LimitFunction } from "p-limit";
import type { AccessRecords } from "../access-records.ts";
import { links, sessions, tokens } from "./access-schema.ts";
import { writeError } from "./errors.ts";

type CredentialRecords = Pick<
  AccessRecords,
  | `${"insert" | "find" | "touch" | "delete"}${"Session" | "Token"}`
  | "listSessions"
  | "deleteSessionsOf"
  | "deleteSessionsBefore"
  | "listTokens"
  | "saveLink"
  | "findLink"
  | "takeLink"
>;

/** What proves who somebody is, by its hash. */
export function credentialRecords(db: LibSQLDatabase, write: LimitFunction): CredentialRecords {
  const written = (action: () => Promise<unknown>): Promise<void> =>
    write(async () => void (await action())).catch(writeError);

  return {
    insertSession: (session) => written(() => db.insert(sessions).values(session)),

    async findSession(tokenHash) {
      const [row] = await db.select().from(sessions).where(eq(sessions.tokenHash, tokenHash));
      return row ?? null;
    },

    listSessions: (userId) =>
      db
        .select()
        .from(sessions)
        .where(eq(sessions.userId, userId))
        .orderBy(desc(sessions.createdAt), sessions.id),

    touchSession: (id, lastSeenAt) =>
      written(() => db.update(sessions).set({ lastSeenAt }).where(eq(sessions.id, id))),

    deleteSession: (id) => written(() => db.delete(sessions).where(eq(sessions.id, id))),

    deleteSessionsOf: (userId, except) =>
      written(() =>
        db
          .delete(sessions)
          .where(
            and(eq(sessions.userId, userId), except === null ? undefined : ne(sessions.id, except)),
          ),
      ),

    deleteSessionsBefore: ({ lastSeenAt, expiresAt }) =>
      written(() =>
        db
          .delete(sessions)
          .where(or(lt(sessions.lastSeenAt, lastSeenAt), lt(sessions.expiresAt, expiresAt))),
      ),

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
