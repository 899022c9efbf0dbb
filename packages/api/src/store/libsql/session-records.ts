import { and, desc, eq, lt, ne, or } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { AccessRecords, SessionRecord } from "../access-records.ts";
import { sessions } from "./access-schema.ts";
import { isDiskFull, writeError } from "./errors.ts";
import type { OwedWrites } from "./owed-writes.ts";
import type { Write } from "./write.ts";

type SessionRecords = Pick<
  AccessRecords,
  | `${"insert" | "find" | "touch" | "delete"}Session`
  | "listSessions"
  | "deleteSessionsOf"
  | "deleteSessionsBefore"
>;

/** Sessions; they can begin and end on a full disk. */
export function sessionRecords(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): SessionRecords {
  /** Changes that the database lacks, by id; null: the session has ended. */
  const kept = new Map<string, SessionRecord | null>();
  const keptSessions = () => [...kept.values()].filter((session) => session !== null);

  /** Times of last use that the database lacks, by session. */
  const seen = new Map<string, string>();
  const withSeen = (session: SessionRecord) => ({
    ...session,
    lastSeenAt: seen.get(session.id) ?? session.lastSeenAt,
  });

  async function put(id: string, session: SessionRecord | null): Promise<void> {
    // Mark the end at once, so that no pending write revives the session.
    if (session === null) kept.set(id, null);
    const written = await owed.writeOrOwe(`session ${id}`, async () => {
      const inPlace = { target: sessions.id, set: session ?? {} };
      if (session) await db.insert(sessions).values(session).onConflictDoUpdate(inPlace);
      else await db.delete(sessions).where(eq(sessions.id, id));
      kept.delete(id);
    });
    if (!written) kept.set(id, session);
  }

  async function listSessions(userId: string): Promise<SessionRecord[]> {
    const rows = await db
      .select()
      .from(sessions)
      .where(eq(sessions.userId, userId))
      .orderBy(desc(sessions.createdAt), sessions.id);
    const own = keptSessions().filter((session) => session.userId === userId);
    const all = [...rows.filter(({ id }) => !kept.has(id)), ...own];
    return all.map(withSeen).sort(newestFirst);
  }

  return {
    insertSession: (session) => put(session.id, session),

    async findSession(tokenHash) {
      const inMemory = keptSessions().find((session) => session.tokenHash === tokenHash);
      if (inMemory) return withSeen(inMemory);
      const [row] = await db.select().from(sessions).where(eq(sessions.tokenHash, tokenHash));
      return row && !kept.has(row.id) ? withSeen(row) : null;
    },

    listSessions,

    async touchSession(id, lastSeenAt) {
      const inMemory = kept.get(id);
      if (inMemory) return put(id, { ...inMemory, lastSeenAt });
      const written = await owed.writeOrOwe(`seen ${id}`, async () => {
        await db.update(sessions).set({ lastSeenAt }).where(eq(sessions.id, id));
        seen.delete(id);
      });
      if (!written) seen.set(id, lastSeenAt);
    },

    deleteSession: (id) => put(id, null),

    async deleteSessionsOf(userId, except) {
      const others = and(
        eq(sessions.userId, userId),
        except === null ? undefined : ne(sessions.id, except),
      );
      try {
        await write(() => db.delete(sessions).where(others));
      } catch (error) {
        if (!isDiskFull(error)) writeError(error);
      }
      // The database's sessions on a full disk, plus those only in memory.
      for (const { id } of await listSessions(userId)) if (id !== except) await put(id, null);
    },

    async deleteSessionsBefore({ lastSeenAt, expiresAt }) {
      for (const session of keptSessions())
        if (session.lastSeenAt < lastSeenAt || session.expiresAt < expiresAt)
          await put(session.id, null);
      try {
        await write(() =>
          db
            .delete(sessions)
            .where(or(lt(sessions.lastSeenAt, lastSeenAt), lt(sessions.expiresAt, expiresAt))),
        );
      } catch (error) {
        // They have expired either way; the next log-in deletes them.
        if (!isDiskFull(error)) writeError(error);
      }
    },
  };
}

function newestFirst(a: SessionRecord, b: SessionRecord): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
