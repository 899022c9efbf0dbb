import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { useBrowser, VIEWS } from "../support/browser.ts";
import { editorOf } from "../support/editor.ts";
import { seeStatus } from "../support/instance-list.ts";
import { focused, seeFocus, tabTo } from "../support/keyboard.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("the main journey needs no mouse", async () => {
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    const { keyboard } = page;
    await see(page.getByText(t("noInstances")));
    await keyboard.press("Tab");
    expect((await focused(page)).name).toBe(t("skip"));
    await keyboard.press("Enter");
    await tabTo(page, t("createInstance"));
    await keyboard.press("Enter");

    const dialog = page.getByRole("dialog");
    await see(dialog);
    await seeFocus(page, t("name"));
    await keyboard.type("Anna");
    await expect.poll(() => dialog.getByLabel(t("id"), { exact: true }).inputValue()).toBe("anna");
    await keyboard.press("Enter");
    await see(dialog.getByRole("button", { name: t("open"), exact: true }));
    await keyboard.press("Escape");
    await gone(dialog);
    await seeStatus(visitor, "Anna", "running");

    await tabTo(page, t("stopNamed", { name: "Anna" }));
    await keyboard.press("Enter");
    await seeStatus(visitor, "Anna", "stopped");
    await tabTo(page, t("moreNamed", { name: "Anna" }));
    await keyboard.press("Enter");
    for (const entry of [t("overview"), t("logs"), t("config")]) {
      await seeFocus(page, entry);
      if (entry !== t("config")) await keyboard.press("ArrowDown");
    }
    await keyboard.press("Enter");
    await page.waitForURL("**/instances/anna/config");

    await see(editorOf(visitor, "Anna"));
    await tabTo(page, t("configOf", { name: "Anna" }));
    await keyboard.type("// 键盘\n");
    await keyboard.press("ControlOrMeta+s");
    await see(page.getByText(t("savedNextStart")));
    // In the editor Tab indents; Escape and then Tab leave it.
    await keyboard.press("Escape");
    await keyboard.press("Shift+Tab");
    await page.goto(`${panel.url}/instances/anna/danger`);
    await see(page.getByRole("tabpanel", { name: t("danger") }));
    await tabTo(page, t("deleteInstanceAndData"));
    await keyboard.press("Enter");
    await see(dialog);
    await seeFocus(page, t("typeId", { id: "anna" }));
    await keyboard.type("anna");
    await keyboard.press("Enter");
    await page.waitForURL("**/instances");
    await see(page.getByText(t("noInstances")));
  });
});
