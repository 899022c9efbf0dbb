import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { nameOf, useBrowser, VIEWS } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, configSchema: { type: "object" } } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

const PEOPLE = [
  { id: "anna", name: "安娜" },
  { id: "boris", name: "Boris" },
  { id: "carla", name: "Carla" },
] as const;

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("a change of many configurations is previewed, rolled out, and taken back", async () => {
    for (const one of PEOPLE) await panel.create({ ...one, start: false });
    await panel.editConfig("carla", () => "{ broken");
    const before = await panel.readConfig("anna");
    const picture = await openAlbum(`rollout ${nameOf(view)}`);
    const { page, t } = await browser.visit(`${panel.url}/instances`, view);
    for (const { name } of PEOPLE)
      await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
    await page
      .getByRole("region", { name: t("chosenActions") })
      .getByRole("button", { name: t("configureMany") })
      .click();
    const title = (count: string) => t("configureTitle", { count });
    const dialog = page.getByRole("dialog", { name: title("3") });
    const editor = dialog.getByRole("textbox", { name: t("rolloutChange") });
    await see(editor);
    await editor.focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("{\n  // for a while\n  logging: { level: 'debug' },\n}");
    await picture(page, "change");
    expect(await accessibilityProblems(page)).toEqual([]);

    await dialog.getByRole("button", { name: t("rolloutPreview"), exact: true }).click();
    const rows = dialog.getByRole("list", { name: t("rolloutEach") });
    await see(rows.getByText("logging.level").first());
    expect(await rows.locator("[data-changed=true]").count()).toBe(2);
    await picture(page, "preview");
    expect(await accessibilityProblems(page)).toEqual([]);
    await rows.getByRole("button", { name: /安娜/ }).press("Enter");
    await see(dialog.getByRole("textbox").getByText("debug").first());
    await picture(page, "diff");
    expect(await accessibilityProblems(page)).toEqual([]);

    await dialog.getByRole("button", { name: t("configureRun", { count: "2" }) }).click();
    const running = page.getByRole("dialog", { name: title("2") });
    await see(running.getByText(t("batchSummary", { done: "2", total: "2" })));
    await picture(page, "done");
    expect(await panel.readConfig("anna")).toBe(before.replace('level: "info"', 'level: "debug"'));
    expect(await panel.readConfig("carla")).toBe("{ broken");

    await running.getByRole("button", { name: t("undoConfigure") }).click();
    const undoing = page.getByRole("dialog", { name: t("configureUndone", { count: "2" }) });
    await see(undoing.getByText(t("batchSummary", { done: "2", total: "2" })));
    expect(await panel.readConfig("anna")).toBe(before);
  });
});
