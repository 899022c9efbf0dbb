import type { InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
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

/** Specs; on a full disk, instances can still be started, stopped or deleted. */
export function instanceRecords(
  db: LibSQLDatabase,
  { write, owed }: { write: Write; owed: OwedWrites },
): InstanceRecords {
  /** Changes of the desired state that the database lacks, by instance. */
  const wishes = new Map<string, InstancePatch>();
  /** Deleted instances that the database still has. */
  const gone = new Set<string>();
  const asWished = (spec: InstanceSpec): InstanceSpec => ({ ...spec, ...wishes.get(spec.id) });

  function forgetWish(id: string): void {
    wishes.delete(id);
    owed.drop(`wish ${id}`);
  }

  async function rowOf(id: string): Promise<InstanceSpec | undefined> {
    const [row] = await db.select().from(instances).where(eq(instances.id, id));
    return row;
  }

  async function findInstance(id: string): Promise<InstanceSpec | null> {
    const row = await rowOf(id);
    return row && !gone.has(id) ? asWished(row) : null;
  }

  async function deleteRow(id: string): Promise<void> {
    await db.delete(instances).where(eq(instances.id, id));
    forgetGone(id);
  }

  function forgetGone(id: string): void {
    gone.delete(id);
    owed.drop(`gone ${id}`);
    forgetWish(id);
  }

  return {
    async listInstances() {
      const rows = await db.select().from(instances).orderBy(instances.id);
      return rows.filter(({ id }) => !gone.has(id)).map(asWished);
    },

    findInstance,

    insertInstance: (choose) =>
      write(async () => {
        // Their ports and ids are free again.
        for (const id of gone) await deleteRow(id);
        return db.transaction(
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
        );
      }).catch(writeError),

    async updateInstance(id, patch) {
      const change = async (values: InstancePatch) => {
        await db.update(instances).set(values).where(eq(instances.id, id));
        // What RETURNING returns lacks the trigger's change.
        const row = await rowOf(id);
        if (!row) throw instanceNotFound(id);
        return row;
      };
      if (!isWish(patch)) {
        const row = await write(() => change(patch)).catch(writeError);
        if (patch.desired) forgetWish(id);
        return asWished(row);
      }
      // Earlier owed changes still apply, such as the deletion of a stopped instance.
      const wish = { ...wishes.get(id), ...patch };
      const isWritten = await owed.writeOrOwe(`wish ${id}`, async () => {
        await change(wish);
        forgetWish(id);
      });
      if (!isWritten) wishes.set(id, wish);
      const spec = await findInstance(id);
      if (spec) return spec;
      throw instanceNotFound(id);
    },

    async deleteInstance(id) {
      const isWritten = await owed.writeOrOwe(`gone ${id}`, () => deleteRow(id));
      if (!isWritten) gone.add(id);
    },
  };
}

/** True when only the desired state changes, which memory can hold for a while. */
function isWish(patch: InstancePatch): boolean {
  const { desired, phase, updatedAt: _, ...others } = patch;
  if (Object.values(others).some((value) => value !== undefined)) return false;
  return phase === undefined ? desired !== undefined : phase === "removing" || phase === "purging";
}
