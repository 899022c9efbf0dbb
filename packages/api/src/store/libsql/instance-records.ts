import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { eq } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { InstancePatch, Store } from "../store.ts";
import { writeError } from "./errors.ts";
import type { OwedWrites } from "./owed-writes.ts";
import { instances } from "./schema.ts";
import type { Write } from "./write.ts";

type InstanceRecords = Pick<
  Store,
  "listInstances" | `${"find" | "insert" | "update" | "delete"}Instance`
>;

/** Specs; a full disk keeps nobody from wishing an instance stopped or started. */
export function instanceRecords(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): InstanceRecords {
  /** Wishes that the database does not know yet, by instance. */
  const wishes = new Map<string, InstancePatch>();
  const asWished = (spec: InstanceSpec): InstanceSpec => ({ ...spec, ...wishes.get(spec.id) });

  function forgetWish(id: string): void {
    wishes.delete(id);
    owed.drop(`wish ${id}`);
  }

  async function findInstance(id: string): Promise<InstanceSpec | null> {
    const [row] = await db.select().from(instances).where(eq(instances.id, id));
    return row ? asWished(row) : null;
  }

  return {
    async listInstances() {
      return (await db.select().from(instances).orderBy(instances.id)).map(asWished);
    },

    findInstance,

    insertInstance: (choose) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const rows = await tx.select().from(instances);
            const spec = choose({
              ids: new Set(rows.map((row) => row.id)),
              ports: new Set(rows.map((row) => row.port)),
              subnets: rows.map((row) => row.subnet),
            });
            await tx.insert(instances).values(spec);
            return spec;
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),

    async updateInstance(id, patch) {
      const change = async () => {
        const [row] = await db.update(instances).set(patch).where(eq(instances.id, id)).returning();
        if (!row) throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
        if (patch.desired) forgetWish(id);
        return asWished(row);
      };
      if (!isWish(patch)) return write(change).catch(writeError);
      if (!(await owed.writeOrOwe(`wish ${id}`, change))) wishes.set(id, patch);
      const spec = await findInstance(id);
      if (spec) return spec;
      throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
    },

    deleteInstance: (id) =>
      write(async () => {
        await db.delete(instances).where(eq(instances.id, id));
        forgetWish(id);
      }).catch(writeError),
  };
}

/** True of a change of the wish alone, which can be kept in memory for a while. */
function isWish(patch: InstancePatch): boolean {
  const { desired, updatedAt: _, ...others } = patch;
  return desired !== undefined && Object.values(others).every((value) => value === undefined);
}
