import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { nameOf, useBrowser, VIEWS } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const NAME = "安娜";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, configSchema: { type: "object" } } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

/** As a colleague would, from another page. */
async function save(id: string, edit: (text: string) => string): Promise<string> {
  const { text, revision } = await panel.client.instances.readConfig.query({ id });
  const edited = edit(text);
  await panel.client.instances.saveConfig.mutate({ id, text: edited, revision });
  return edited;
}

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("the history tells who wrote what, shows what changed, and brings a version back", async () => {
    await panel.create({ id: "anna", name: NAME, start: false });
    const first = await panel.readConfig("anna");
    await save("anna", (text) => text.replace('level: "info"', 'level: "debug"'));
    // As OpenClaw itself writes it: without comments.
    await panel.editConfig("anna", () => '{"logging":{"level":"warn"}}');
    const picture = await openAlbum(`config-history ${nameOf(view)}`);
    const { page, t } = await browser.visit(`${panel.url}/instances/anna/config`, view);
    await page.getByRole("button", { name: t("history"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    const rows = dialog.getByRole("list", { name: t("history") }).getByRole("listitem");
    await see(rows.nth(2));
    expect(await rows.count()).toBe(3);
    for (const [at, author] of ["byOpenClaw", "byEditor", "byPanel"].entries())
      await see(rows.nth(at).getByText(t(author as "byOpenClaw")));
    await picture(page, "list");
    expect(await accessibilityProblems(page)).toEqual([]);

    await rows.nth(1).getByRole("button").press("Enter");
    const diff = dialog.getByRole("textbox");
    await see(diff.getByText('level: "debug"'));
    await picture(page, "version");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("allVersions") }).click();

    await rows.nth(2).getByRole("button").click();
    await dialog.getByRole("button", { name: t("restoreAsk") }).click();
    await picture(page, "question");
    await dialog.getByRole("button", { name: t("restoreNow"), exact: true }).click();
    await gone(dialog);
    await see(page.getByRole("status").getByText(t("savedForNextStart")));
    expect(await panel.readConfig("anna")).toBe(first);
    const { versions } = await panel.client.instances.configHistory.query({ id: "anna" });
    expect(versions[0]).toMatchObject({
      version: 4,
      source: "restore",
      by: "admin",
      current: true,
    });
  });

  test("an instance that ends with its configuration goes back to the last good one by a click", async () => {
    await panel.create({ id: "anna", name: NAME });
    const good = await panel.readConfig("anna");
    // The panel marks the version once it has seen the instance running.
    const marked = async () =>
      (await panel.client.instances.configHistory.query({ id: "anna" })).lastHealthy?.version;
    await expect.poll(marked).toBe(1);
    await panel.editConfig("anna", (text) => `// STUB_INVALID\n${text}`);
    await panel.client.instances.restart.mutate({ id: "anna" });
    await panel.until("anna", "error");
    const picture = await openAlbum(`config-history-error ${nameOf(view)}`);
    const { page, t } = await browser.visit(`${panel.url}/instances/anna`, view);
    const back = page.getByRole("button", { name: t("goBackToLastGood") });
    await see(back);
    await picture(page, "error");
    expect(await accessibilityProblems(page)).toEqual([]);
    await back.click();
    await panel.until("anna", "running");
    await gone(back);
    expect(await panel.readConfig("anna")).toBe(good);
  });
});
