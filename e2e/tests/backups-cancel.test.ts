import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  backUp,
  backupRows,
  chooseIn,
  openRestore,
  removeBackups,
} from "../support/backup-list.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await panel.create({ id: "anna", name: "Anna" });
  await panel.create({ id: "zhangsan", name: "张三" });
});
afterEach(async () => {
  await panel.outside("holdStarts", false);
  await panel.removeAll();
  await removeBackups(panel);
});

const hidden = async () =>
  (await readdir(path.join(panel.home, "instances"))).filter((name) => name.startsWith("."));
const listed = async () => (await panel.client.backups.list.query()).map(({ id }) => id);

/** All runs as before, and nothing is left of what was begun. */
async function expectAsBefore(backups: readonly string[]): Promise<void> {
  for (const id of ["anna", "zhangsan"]) await panel.until(id, "running");
  await expect.poll(hidden).toEqual([]);
  expect(await listed()).toEqual(backups);
  expect(await readdir(path.join(panel.home, "backup"))).toHaveLength(backups.length);
  expect(await panel.client.backups.snapshots.query()).toEqual([]);
  const ids = (await panel.client.instances.list.query()).map(({ id }) => id);
  expect(ids.sort()).toEqual(["anna", "zhangsan"]);
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a backup is cancelled while instances are down: they run again, and nothing is left", async () => {
    const visitor = await browser.visit(`${panel.url}/backups`, view);
    const { page, t } = visitor;
    await panel.outside("holdStarts", true);
    await page.getByRole("button", { name: t("createBackup") }).click();
    await page
      .getByRole("dialog", { name: t("createBackup") })
      .getByRole("button", { name: t("beginBackup") })
      .click();
    const underWay = page.getByRole("region", { name: t("underWay") });
    await see(underWay.getByText(t("lineStarting")).first());
    await underWay.getByRole("button", { name: t("cancel"), exact: true }).click();
    await panel.outside("holdStarts", false);
    await gone(underWay);
    await see(page.getByText(t("noBackups")));
    const [job] = await panel.client.jobs.list.query();
    expect(job).toMatchObject({ kind: "backup", status: "cancelled" });
    await expectAsBefore([]);
  });

  test("a restore is cancelled while the restored one comes up: the old data is back and runs", async () => {
    await panel.editConfig("anna", (text) => `// backed up\n${text}`);
    const id = await backUp(panel);
    await panel.editConfig("anna", (text) => text.replace("backed up", "changed since"));
    const visitor = await browser.visit(`${panel.url}/backups`, view);
    const { page, t } = visitor;
    await panel.outside("holdStarts", true);
    const dialog = await openRestore(visitor);
    await dialog.getByRole("checkbox", { name: /张三/ }).uncheck();
    await dialog.getByRole("button", { name: t("preview") }).click();
    await dialog.getByLabel(t("typeId", { id: "anna" })).fill("anna");
    await dialog.getByRole("button", { name: t("beginRestore"), exact: true }).click();
    await see(dialog.getByText(t("lineStarting")).first());
    expect(await panel.readConfig("anna")).toContain("backed up");
    await dialog.getByRole("button", { name: t("cancel"), exact: true }).click();
    await panel.outside("holdStarts", false);
    await see(dialog.getByText(t("jobCancelled")).first());
    await dialog.getByRole("button", { name: t("done") }).click();
    await gone(dialog);
    expect(await panel.readConfig("anna")).toContain("changed since");
    await see(page.getByText(t("verified")));
    await expectAsBefore([id]);
  });

  test("a restore test is cancelled: nothing of it is left", async () => {
    const id = await backUp(panel, ["anna"]);
    const visitor = await browser.visit(`${panel.url}/backups`, view);
    const { page, t } = visitor;
    await panel.outside("holdStarts", true);
    await chooseIn(backupRows(visitor).first(), visitor, "testRestore");
    const dialog = page.getByRole("dialog", { name: t("testTitle") });
    await dialog.getByRole("button", { name: t("beginTest") }).click();
    await see(dialog.getByText(t("lineStarting")).first());
    await dialog.getByRole("button", { name: t("cancel"), exact: true }).click();
    await panel.outside("holdStarts", false);
    await see(dialog.getByText(t("jobCancelled")).first());
    await expectAsBefore([id]);
  });
});
