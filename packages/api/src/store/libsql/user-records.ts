import { DomainError } from "@claw/core/errors";
import { and, count, eq, ne } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { AccessRecords } from "../access-records.ts";
import { users } from "./access-schema.ts";
import { writeError } from "./errors.ts";
import type { Write } from "./write.ts";

type Transaction = Parameters<Parameters<LibSQLDatabase["transaction"]>[0]>[0];

type UserRecords = Pick<
  AccessRecords,
  "listUsers" | "findUser" | "findUserById" | "insertUser" | "updateUser" | "deleteUser"
>;

export function userRecords(db: LibSQLDatabase, write: Write): UserRecords {
  const changed = <T>(action: (tx: Transaction) => Promise<T>): Promise<T> =>
    write(() => db.transaction(action, { behavior: "immediate" })).catch(writeError);

  return {
    listUsers: () => db.select().from(users).orderBy(users.username),

    async findUser(username) {
      const [row] = await db.select().from(users).where(eq(users.username, username));
      return row ?? null;
    },

    async findUserById(id) {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      return row ?? null;
    },

    insertUser: (user, { first } = { first: false }) =>
      changed(async (tx) => {
        const [there] = first ? await tx.select({ id: users.id }).from(users).limit(1) : [];
        if (there) throw new DomainError("USER_EXISTS", "The panel has been set up already.");
        await tx.insert(users).values(user);
      }),

    updateUser: (id, patch) =>
      changed(async (tx) => {
        // An update without values is no valid statement.
        const [row] = await tx
          .update(users)
          .set({ id, ...patch })
          .where(eq(users.id, id))
          .returning();
        if (!row) throw new DomainError("USER_NOT_FOUND", "There is no such user any more.");
        if (patch.role !== undefined || patch.disabled) await requireAdministrator(tx);
        return row;
      }),

    deleteUser: (id) =>
      changed(async (tx) => {
        const gone = await tx.delete(users).where(eq(users.id, id)).returning();
        if (gone.length > 0) await requireAdministrator(tx);
      }),
  };
}

async function requireAdministrator(tx: Transaction): Promise<void> {
  const [left] = await tx
    .select({ number: count() })
    .from(users)
    .where(and(eq(users.role, "administrator"), ne(users.disabled, true)));
  if ((left?.number ?? 0) > 0) return;
  throw new DomainError(
    "LAST_ADMINISTRATOR",
    "Nobody would be left who may administer the panel. Make somebody else an administrator first.",
  );
}
