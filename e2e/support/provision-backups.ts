import { backUp, untilOver } from "./backup-list.ts";
import type { Panel } from "./panel.ts";

/** Two backups, a schedule, and the data from before a restore. */
export async function provisionBackups(panel: Panel): Promise<void> {
  const { backups } = panel.client;
  const id = await backUp(panel, ["lisi"]);
  await backups.update.mutate({ id, note: "升级到 2026.11 之前", pinned: true });
  await untilOver(panel, (await backups.restore.mutate({ id })).id);
  await backUp(panel, ["anna", "lisi"]);
  const { policy } = await backups.policy.query();
  await backups.savePolicy.mutate({ ...policy, enabled: true, timezone: "Asia/Shanghai" });
}
