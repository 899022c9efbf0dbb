import type { AppContext } from "../../src/context.ts";
import { backupOf } from "./specs.ts";

/** Lists a scheduled backup for each of these days, such as 2026-01-31; its id is the day. */
export async function addScheduled(ctx: AppContext, days: readonly string[]): Promise<void> {
  for (const day of days)
    await ctx.store.saveBackup(
      backupOf({
        id: day,
        filename: `${day}.tar`,
        createdAt: `${day}T03:00:00.000Z`,
        createdBy: "schedule",
        verifiedAt: `${day}T03:01:00.000Z`,
      }),
    );
}
