import type { Locator, Page } from "playwright-core";
import type { Visitor } from "./browser.ts";
import type { Panel } from "./panel.ts";
import type { Word } from "./words.ts";

/** Writing safely takes its time on a busy disk. */
export const JOB_MS = 40_000;

/** The rows of the list of backups, the newest first. */
export function backupRows({ page, t }: Visitor): Locator {
  return page.getByRole("listitem", { name: new RegExp(t("backupOf")) });
}

/** Chooses `entry` in the menu of a row. */
export async function chooseIn(row: Locator, { page, t }: Visitor, entry: Word): Promise<void> {
  await row.getByRole("button", { name: new RegExp(t("moreNamed", { name: "" }).trim()) }).click();
  await page.getByRole("menuitem", { name: t(entry), exact: true }).click();
}

/** Opens the wizard for the newest backup. */
export async function openRestore(visitor: Visitor): Promise<Locator> {
  const { page, t } = visitor;
  await backupRows(visitor)
    .first()
    .getByRole("button", { name: new RegExp(t("restoreButton")) })
    .click();
  return page.getByRole("dialog", { name: t("restoreTitle") });
}

/** Chooses `option` in a list of choices. */
export async function pick(within: Page | Locator, page: Page, label: string, option: string) {
  await within.getByRole("button", { name: new RegExp(`^${label}`) }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Resolves with the job once it is over. */
export async function untilOver(panel: Panel, id: string) {
  for await (const event of panel.client.jobs.watch.subscribe()) {
    const seen = event.type === "snapshot" ? event.jobs : [event.job];
    const job = seen.find((one) => one.id === id);
    if (job && job.finishedAt !== null) return job;
  }
  throw new Error("The panel ended before the job did.");
}

/** Makes a backup without the page; resolves with its id. */
export async function backUp(panel: Panel, instanceIds?: string[]): Promise<string> {
  const begun = await panel.client.backups.create.mutate(instanceIds ? { instanceIds } : {});
  const job = await untilOver(panel, begun.id);
  if (job.status !== "succeeded") throw new Error(job.error?.message ?? job.status);
  if (job.kind === "backup" && job.result?.backupId) return job.result.backupId;
  throw new Error(`No backup came of ${job.kind} ${job.id}.`);
}

/** Deletes every backup and what restores have replaced. */
export async function removeBackups(panel: Panel): Promise<void> {
  for (const { id } of await panel.client.backups.list.query())
    await panel.client.backups.remove.mutate({ id });
  for (const { id } of await panel.client.backups.snapshots.query())
    await panel.client.backups.dismissSnapshot.mutate({ id });
}
