import { backupRows, chooseIn, JOB_MS, openRestore, untilOver } from "./backup-list.ts";
import type { Visitor } from "./browser.ts";
import type { Scene } from "./scene.ts";
import { see } from "./see.ts";

const first = (visitor: Visitor) => backupRows(visitor).first();
const page: Pick<Scene, "world" | "path"> = { world: "backed-up", path: "/backups" };

/** The first instance of the backup becomes a copy. */
async function openCopy(visitor: Visitor) {
  const dialog = await openRestore(visitor);
  await dialog
    .getByRole("button", { name: visitor.t("asCopy") })
    .first()
    .click();
  return dialog;
}

/** The list of backups, and what is asked and shown around them. */
export const BACKUP_SCENES: readonly Scene[] = [
  {
    name: "backups-empty",
    world: "empty",
    path: "/backups",
    show: ({ page, t }) => see(page.getByText(t("noBackups"))),
  },
  {
    ...page,
    name: "backups",
    show: async (visitor) => {
      await first(visitor)
        .getByRole("button", { name: visitor.t("twoInstances") })
        .click();
      await see(visitor.page.getByRole("list", { name: visitor.t("snapshots") }));
    },
  },
  {
    ...page,
    name: "backup-create",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createBackup") }).click();
      await page.getByRole("dialog").getByText(t("chosenInstances"), { exact: true }).click();
      await see(page.getByRole("checkbox", { name: /Anna/ }));
    },
  },
  {
    ...page,
    name: "backup-menu",
    show: async (visitor) => {
      await first(visitor)
        .getByRole("button", { name: new RegExp(visitor.t("moreNamed", { name: "" }).trim()) })
        .click();
      await see(visitor.page.getByRole("menuitem", { name: visitor.t("testRestore") }));
    },
  },
  {
    ...page,
    name: "backup-test",
    show: async (visitor) => {
      await chooseIn(first(visitor), visitor, "testRestore");
      await see(visitor.page.getByRole("dialog", { name: visitor.t("testTitle") }));
    },
  },
  {
    ...page,
    name: "backup-delete",
    show: async (visitor) => {
      await chooseIn(first(visitor), visitor, "remove");
      await see(visitor.page.getByRole("dialog", { name: visitor.t("deleteBackup") }));
    },
  },
  {
    ...page,
    name: "restore-choose",
    show: async (visitor) => {
      const dialog = await openCopy(visitor);
      await see(dialog.getByLabel("ID"));
    },
  },
  {
    ...page,
    name: "restore-preview",
    show: async (visitor) => {
      const dialog = await openCopy(visitor);
      await dialog.getByRole("button", { name: visitor.t("preview") }).click();
      await see(dialog.getByText(visitor.t("makeCopy"), { exact: true }));
    },
  },
  {
    ...page,
    name: "restore-end",
    show: async (visitor) => {
      const dialog = await openRestore(visitor);
      await dialog.getByRole("checkbox", { name: /Anna/ }).uncheck();
      await dialog.getByRole("button", { name: visitor.t("preview") }).click();
      await dialog.getByLabel(visitor.t("typeId", { id: "lisi" })).fill("lisi");
      await dialog.getByRole("button", { name: visitor.t("beginRestore"), exact: true }).click();
      await see(dialog.getByRole("list", { name: visitor.t("restoreResult") }), JOB_MS);
    },
  },
  {
    ...page,
    name: "backup-schedule",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("edit"), exact: true }).click();
      await see(
        page
          .getByRole("list", { name: t("nextBackups") })
          .getByRole("listitem")
          .nth(2),
      );
    },
  },
  {
    ...page,
    name: "backup-running",
    show: async (visitor, { panel }) => {
      await panel.client.backups.create.mutate({ mode: "at-once" });
      const card = visitor.page.getByRole("region", { name: visitor.t("underWay") });
      await see(card.getByRole("list", { name: visitor.t("eachInstance") }));
    },
    leave: async ({ panel }) => {
      for (const { id, finishedAt } of await panel.client.jobs.list.query())
        if (finishedAt === null) await untilOver(panel, id);
    },
  },
  {
    name: "instance-backups",
    world: "backed-up",
    path: "/instances/anna/backups",
    show: (visitor) => see(first(visitor)),
  },
];
