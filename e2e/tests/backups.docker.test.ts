import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backupRows, chooseIn, JOB_MS, openRestore } from "../support/backup-list.ts";
import { useBrowser, type Visitor } from "../support/browser.ts";
import { containersOf, docker, STUB_IMAGE, uniqueId } from "../support/docker.ts";
import { createByForm, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const ZHANGSAN = { name: "张三", id: uniqueId("zhangsan") };
const LISI = { name: "李四", id: uniqueId("lisi") };

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ image: STUB_IMAGE });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

const diary = (id: string) => path.join(panel.home, "instances", id, "data/日记.md");
const openBackups = ({ page, t }: Visitor) =>
  page
    .getByRole("link", { name: t("backups"), exact: true })
    .first()
    .click();

/** Its container runs, and its gateway answers on the port that the panel tells. */
async function expectRunning(id: string): Promise<void> {
  const { port } = await panel.until(id, "running");
  expect(await docker("inspect", "-f", "{{.State.Status}}", `openclaw-${id}`)).toBe("running");
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).ok).toBe(true);
}

/** Chooses only this instance in the wizard, and goes on to what would happen. */
async function previewOnly(visitor: Visitor, other: { name: string }): Promise<Locator> {
  const { t } = visitor;
  const dialog = await openRestore(visitor);
  await dialog.getByRole("checkbox", { name: new RegExp(other.name) }).uncheck();
  await dialog.getByRole("button", { name: t("preview") }).click();
  return dialog;
}

test("backups on Docker: create, download, lose an instance, restore it, change one's mind, delete", {
  timeout: 300_000,
}, async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  const picture = await openAlbum("backups");
  for (const one of [ZHANGSAN, LISI]) {
    const dialog = await createByForm(visitor, one);
    await see(dialog.getByRole("button", { name: t("open"), exact: true }), JOB_MS);
    await dialog.getByRole("button", { name: t("done") }).click();
    await gone(dialog);
    await seeStatus(visitor, one.name, "running");
    await writeFile(diary(one.id), `${one.name}的日记`);
  }

  // Back up both, and see how far it is: bytes, and how long each is down.
  await openBackups(visitor);
  await page.getByRole("button", { name: t("createBackup") }).click();
  const asking = page.getByRole("dialog", { name: t("createBackup") });
  await asking.getByRole("button", { name: t("beginBackup") }).click();
  const underWay = page.getByRole("region", { name: t("underWay") });
  const lines = underWay.getByRole("list", { name: t("eachInstance") });
  for (const { name } of [ZHANGSAN, LISI])
    await see(lines.getByRole("listitem").filter({ hasText: name }));
  await see(lines.getByText(t("downFor")).first(), JOB_MS);
  await picture(page, "under-way");
  const row = backupRows(visitor).first();
  await see(row.getByText(t("verified")), JOB_MS);
  await see(row.getByRole("button", { name: t("twoInstances") }));
  await gone(underWay, JOB_MS);
  await picture(page, "listed");
  for (const { id } of [ZHANGSAN, LISI]) await expectRunning(id);
  const [backup] = await panel.client.backups.list.query();

  // Download it: the same bytes.
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    row.getByRole("button", { name: new RegExp(t("downloadNamed")) }).click(),
  ]);
  const kept = path.join(panel.home, download.suggestedFilename());
  await download.saveAs(kept);
  expect(
    createHash("sha256")
      .update(await readFile(kept))
      .digest("hex"),
  ).toBe(backup?.sha256);

  // Delete one instance with its data.
  await page.goto(`${panel.url}/instances/${ZHANGSAN.id}/danger`);
  await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
  const removal = page.getByRole("dialog", { name: t("deleteTitle", { name: ZHANGSAN.name }) });
  await removal.getByLabel(t("typeId", { id: ZHANGSAN.id })).fill(ZHANGSAN.id);
  await removal.getByRole("button", { name: t("deleteInstanceAndData") }).click();
  await page.waitForURL("**/instances");
  expect(existsSync(path.dirname(diary(ZHANGSAN.id)))).toBe(false);
  expect(await containersOf(panel.home)).toEqual([`openclaw-${LISI.id}`]);

  // Restore it: what would happen is shown, then it runs again, with its data.
  await openBackups(visitor);
  const again = await previewOnly(visitor, LISI);
  await see(again.getByText(t("createAgain"), { exact: true }));
  await see(again.getByText(ZHANGSAN.id));
  await picture(page, "preview");
  await again.getByRole("button", { name: t("beginRestore"), exact: true }).click();
  const results = again.getByRole("list", { name: t("restoreResult") });
  await see(results.getByRole("link", { name: ZHANGSAN.name }), JOB_MS);
  await picture(page, "restored");
  await again.getByRole("button", { name: t("done") }).click();
  await expectRunning(ZHANGSAN.id);
  expect(await readFile(diary(ZHANGSAN.id), "utf8")).toBe("张三的日记");

  // Put the other one back to the backup, and change one's mind.
  await writeFile(diary(LISI.id), "后来写的");
  const replacing = await previewOnly(visitor, ZHANGSAN);
  await see(replacing.getByText(t("replace"), { exact: true }));
  await replacing.getByLabel(t("typeId", { id: LISI.id })).fill(LISI.id);
  await replacing.getByRole("button", { name: t("beginRestore"), exact: true }).click();
  const replaced = replacing.getByRole("list", { name: t("restoreResult") });
  await see(replaced.getByRole("link", { name: LISI.name }), JOB_MS);
  await replacing.getByRole("button", { name: t("done") }).click();
  expect(await readFile(diary(LISI.id), "utf8")).toBe("李四的日记");
  const copies = page.getByRole("list", { name: t("snapshots") });
  await copies.getByRole("button", { name: t("revertNamed", { name: LISI.name }) }).click();
  const back = page.getByRole("dialog", { name: t("revertTitle", { name: LISI.name }) });
  await back.getByRole("button", { name: t("revert") }).click();
  await see(back.getByText(t("jobDone")).first(), JOB_MS);
  await back.getByRole("button", { name: t("done") }).click();
  await expectRunning(LISI.id);
  expect(await readFile(diary(LISI.id), "utf8")).toBe("后来写的");
  await picture(page, "brought-back");

  // Delete the backup: its file is gone.
  await chooseIn(backupRows(visitor).first(), visitor, "remove");
  const deleting = page.getByRole("dialog", { name: t("deleteBackup") });
  await see(deleting.getByText(ZHANGSAN.id));
  await deleting.getByRole("button", { name: t("deleteBackup") }).click();
  await see(page.getByText(t("noBackups")));
  expect(await readdir(path.join(panel.home, "backup"))).toEqual([]);
});
