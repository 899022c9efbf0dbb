import { labelKey } from "@claw/core/label-rules";
import { and, eq, type InferSelectModel, ne } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import type { TemplateRecord, TemplateRecords } from "../template-records.ts";
import { writeError } from "./errors.ts";
import { templates } from "./schema.ts";
import type { Write } from "./write.ts";

export function templateRecords(db: LibSQLDatabase, write: Write): TemplateRecords {
  return {
    async listTemplates() {
      return (await db.select().from(templates).orderBy(templates.id)).map(asRecord);
    },

    async findTemplate(id) {
      const [row] = await db.select().from(templates).where(eq(templates.id, id));
      return row ? asRecord(row) : null;
    },

    saveTemplate: (id, { build, makeDefault }) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const [row] = await tx.select().from(templates).where(eq(templates.id, id));
            const record = build(row ? asRecord(row) : null);
            const others = and(ne(templates.id, id), eq(templates.isDefault, true));
            if (makeDefault) await tx.update(templates).set({ isDefault: false }).where(others);
            const isDefault = makeDefault || (row?.isDefault ?? false);
            if (record) {
              const values = { ...record, id, isDefault, nameKey: labelKey(record.name) };
              const target = templates.id;
              await tx.insert(templates).values(values).onConflictDoUpdate({ target, set: values });
            } else if (row)
              await tx.update(templates).set({ isDefault }).where(eq(templates.id, id));
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),

    deleteTemplate: (id) =>
      write(async () => {
        const isOther = and(eq(templates.id, id), eq(templates.isDefault, false));
        await db.delete(templates).where(isOther);
        const left = await db.select().from(templates).where(eq(templates.id, id));
        return left.length === 0;
      }).catch(writeError),
  };
}

function asRecord({ nameKey: _, ...record }: InferSelectModel<typeof templates>): TemplateRecord {
  return record;
}
