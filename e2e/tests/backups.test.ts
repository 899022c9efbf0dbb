import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import {
  backUp,
  backupRows,
  chooseIn,
  JOB_MS,
  openRestore,
  pick,
  removeBackups,
} from "../support/backup-list.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const PASSPHRASE = "correct horse battery";
const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await panel.create({ id: "anna", name: "Anna" });
  await panel.create({ id: "zhangsan", name: "张三" });
  await panel.create({ id: "lisi", name: "李四", start: false });
});
afterEach(async () => {
  await panel.removeAll();
  await removeBackups(panel);
});

const address = () => `${panel.url}/backups`;
const listed = () => panel.client.backups.list.query();
const running = async () =>
  (await panel.client.instances.list.query())
    .filter(({ status }) => status === "running")
    .map(({ id }) => id)
    .sort();

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a backup of chosen instances is made, watched to its end, noted, kept, verified, deleted", async () => {
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await see(page.getByText(t("noBackups")));
    await page.getByRole("button", { name: t("createBackup") }).click();
    const dialog = page.getByRole("dialog", { name: t("createBackup") });
    await dialog.getByText(t("chosenInstances"), { exact: true }).click();
    await dialog.getByRole("checkbox", { name: /Anna/ }).check();
    await dialog.getByRole("checkbox", { name: /李四/ }).check();
    await dialog.getByLabel(t("noteOptional")).fill("第一个");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("beginBackup") }).click();
    await gone(dialog);
    const row = backupRows(visitor).first();
    await see(row.getByRole("button", { name: t("twoInstances") }), JOB_MS);
    await see(row.getByText("第一个"));
    await see(row.getByText(t("verified")));
    expect(await running()).toEqual(["anna", "zhangsan"]);
    const [backup] = await listed();
    expect(backup).toMatchObject({ instanceCount: 2, note: "第一个", createdBy: "admin" });
    await row.getByRole("button", { name: t("twoInstances") }).click();
    await see(row.getByText("李四"));
    expect(await accessibilityProblems(page)).toEqual([]);

    await chooseIn(row, visitor, "alwaysKeep");
    await see(row.getByText(t("alwaysKept")));
    await chooseIn(row, visitor, "editNote");
    await row.getByLabel(t("note"), { exact: true }).fill("改过的");
    await row.getByRole("button", { name: t("save") }).click();
    await see(row.getByText("改过的"));
    const before = backup?.verifiedAt ?? "";
    await chooseIn(row, visitor, "verifyPlain");
    await expect.poll(async () => (await listed())[0]?.verifiedAt).not.toBe(before);
    expect((await listed())[0]?.fault).toBeNull();

    await chooseIn(row, visitor, "remove");
    const asking = page.getByRole("dialog", { name: t("deleteBackup") });
    await see(asking.getByText("李四"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await asking.getByRole("button", { name: t("deleteBackup") }).click();
    await see(page.getByText(t("noBackups")));
    expect(await listed()).toEqual([]);
  });

  test("one instance goes back, another becomes a copy, and the first is reverted", async () => {
    await panel.editConfig("anna", (text) => `// backed up\n${text}`);
    await backUp(panel);
    await panel.editConfig("anna", (text) => text.replace("backed up", "changed since"));
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    const dialog = await openRestore(visitor);
    await dialog.getByRole("checkbox", { name: /李四/ }).uncheck();
    await dialog
      .getByRole("group", { name: t("restoreHow", { name: "张三" }) })
      .getByRole("button", { name: t("asCopy") })
      .click();
    expect(await dialog.getByLabel("ID").inputValue()).toBe("zhangsan-copy");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("preview") }).click();
    await see(dialog.getByText(t("replace"), { exact: true }));
    await see(dialog.getByText(t("makeCopy"), { exact: true }));
    const begin = dialog.getByRole("button", { name: t("beginRestore"), exact: true });
    expect(await begin.isDisabled()).toBe(true);
    await dialog.getByLabel(t("typeId", { id: "anna" })).fill("anna");
    expect(await accessibilityProblems(page)).toEqual([]);
    await begin.click();
    const results = dialog.getByRole("list", { name: t("restoreResult") });
    await see(results.getByRole("link", { name: "Anna" }), JOB_MS);
    expect(await results.getByRole("listitem").count()).toBe(2);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await panel.readConfig("anna")).toContain("backed up");
    const { port } = await panel.client.instances.get.query({ id: "zhangsan" });
    const copy = await panel.client.instances.get.query({ id: "zhangsan-copy" });
    expect(copy.port).not.toBe(port);

    await results.getByRole("button", { name: t("revert") }).click();
    const asking = page.getByRole("dialog", { name: t("revertTitle", { name: "Anna" }) });
    await see(asking);
    expect(await accessibilityProblems(page)).toEqual([]);
    await asking.getByRole("button", { name: t("revert") }).click();
    await see(asking.getByText(t("jobDone")).first(), JOB_MS);
    await asking.getByRole("button", { name: t("done") }).click();
    expect(await panel.readConfig("anna")).toContain("changed since");
  });

  test("what a restore replaced is kept until somebody dismisses it", async () => {
    const id = await backUp(panel, ["lisi"]);
    await panel.client.backups.restore.mutate({ id });
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    const copies = page.getByRole("list", { name: t("snapshots") });
    await see(copies.getByText("李四"));
    await copies.getByRole("button", { name: t("dismissNamed", { name: "李四" }) }).click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: t("dismissConfirm") });
    await see(confirm);
    expect(await accessibilityProblems(page)).toEqual([]);
    await confirm.click();
    await gone(copies);
    expect(await panel.client.backups.snapshots.query()).toEqual([]);
  });

  test("a backup is downloaded byte by byte, deleted, and uploaded again; anything else is refused", async () => {
    await backUp(panel, ["anna"]);
    const [backup] = await listed();
    const visitor = await browser.visit(address(), view);
    visitor.allowErrors(/400 \(Bad Request\)/);
    const { page, t } = visitor;
    const row = backupRows(visitor);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      row.getByRole("button", { name: new RegExp(t("downloadNamed")) }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(backup?.filename);
    const file = path.join(panel.home, download.suggestedFilename());
    await download.saveAs(file);
    const bytes = await readFile(file);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(backup?.sha256);

    await panel.client.backups.remove.mutate({ id: backup?.id ?? "" });
    await see(page.getByText(t("noBackups")));
    await page.getByLabel(t("uploadFile")).setInputFiles(file);
    await see(page.getByText(t("uploaded", { name: path.basename(file) })), JOB_MS);
    await see(row);
    expect(await listed()).toMatchObject([{ sha256: backup?.sha256, createdBy: "upload" }]);

    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(file, bytes);
    await page.getByLabel(t("uploadFile")).setInputFiles(file);
    await see(page.getByText(t("archiveInvalid")));
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await listed()).toHaveLength(1);
  });

  test("an encrypted backup is made, and opened in a restore test with its passphrase", async () => {
    const visitor = await browser.visit(`${panel.url}/instances/anna/backups`, view);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("backUpNow") }).click();
    const dialog = page.getByRole("dialog", { name: t("createBackup") });
    await pick(dialog, page, t("encryption"), t("withPassphrase"));
    await dialog.getByLabel(t("passphrase"), { exact: true }).fill(PASSPHRASE);
    await dialog.getByLabel(t("passphraseAgain")).fill(PASSPHRASE);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("beginBackup") }).click();
    const row = backupRows(visitor);
    await see(row.getByText(t("encrypted")), JOB_MS);
    await chooseIn(row, visitor, "testRestore");
    const trial = page.getByRole("dialog", { name: t("testTitle") });
    await trial.getByLabel(t("passphrase")).fill(PASSPHRASE);
    expect(await accessibilityProblems(page)).toEqual([]);
    await trial.getByRole("button", { name: t("beginTest") }).click();
    await see(trial.getByText(t("jobDone")).first(), JOB_MS);
    await trial.getByRole("button", { name: t("done") }).click();
    await see(row.getByText(t("proven")));
    expect(await running()).toEqual(["anna", "zhangsan"]);
  });

  test("the schedule is set from a preset or an expression, and what follows from it is shown", async () => {
    const visitor = await browser.visit(address(), view);
    visitor.allowErrors(/400 \(Bad Request\)/);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("edit"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: t("schedule") });
    await dialog.getByText(t("bySchedule")).click();
    const next = dialog.getByRole("list", { name: t("nextBackups") }).getByRole("listitem");
    await pick(dialog, page, t("when"), t("ownExpression"));
    await dialog.getByLabel(t("cronExpression")).fill("99 3 * * *");
    await see(dialog.getByText(t("cronWrong")));
    await dialog.getByLabel(t("cronExpression")).fill("30 2 * * *");
    await see(next.filter({ hasText: "02:30" }).first());
    await pick(dialog, page, t("when"), t("everySunday"));
    await see(next.filter({ hasText: /星期日|Sunday/ }).nth(2));
    await dialog.getByLabel(t("keepNewest")).fill("3");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await gone(dialog);
    await see(page.getByText(t("everySunday"), { exact: true }));
    const { policy } = await panel.client.backups.policy.query();
    expect(policy).toMatchObject({
      enabled: true,
      cron: "0 3 * * 0",
      timezone: "Asia/Shanghai",
      instanceIds: null,
      keepLast: 3,
    });
    await panel.client.backups.savePolicy.mutate({ ...policy, enabled: false });
  });

  test("before an instance is deleted with its data, it is backed up", async () => {
    const visitor = await browser.visit(`${panel.url}/instances/anna/danger`, view);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: t("backUpFirst") }).click();
    await see(dialog.getByText(t("backedUpNow")), JOB_MS);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByLabel(t("typeId", { id: "anna" })).fill("anna");
    await dialog.getByRole("button", { name: t("deleteInstanceAndData") }).click();
    await page.waitForURL("**/instances");
    expect(await listed()).toMatchObject([{ instances: [{ id: "anna" }] }]);
  });
});
