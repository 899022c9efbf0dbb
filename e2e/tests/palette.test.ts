import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser, type Visitor } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
  await panel.create({ id: "user-1", name: "张三" });
  await panel.create({ id: "user-2", name: "李四", start: false });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

/** Opens the palette as often as it takes: the keys are loaded after the page is shown. */
async function openPalette({ page, t }: Visitor) {
  const box = page.getByRole("combobox", { name: t("palette") });
  await expect
    .poll(async () => {
      if (!(await box.isVisible())) await page.keyboard.press("ControlOrMeta+k");
      return box.isVisible();
    })
    .toBe(true);
  return box;
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("finds an instance by its pinyin and its initials, and what can be done with it", async () => {
    const visitor = await browser.visit(panel.url, view);
    const { page, t } = visitor;
    for (const typed of ["zhangs", "zs"]) {
      await page.goto(panel.url);
      const box = await openPalette(visitor);
      await box.fill(typed);
      await see(page.getByRole("option", { name: "张三", exact: false }).first());
      await page.keyboard.press("Enter");
      await page.waitForURL("**/instances/user-1");
    }
    const box = await openPalette(visitor);
    await box.fill(t("startNamed", { name: "李四" }));
    await see(page.getByRole("option", { name: t("startNamed", { name: "李四" }) }));
    await page.keyboard.press("Enter");
    await gone(box);
    await panel.until("user-2", "running");
    await openPalette(visitor);
    await box.fill(t("stopNamed", { name: "李四" }));
    await page.getByRole("option", { name: t("stopNamed", { name: "李四" }) }).click();
    // A palette that still closes would be taken for the one to open.
    await gone(box);
    await panel.until("user-2", "stopped");

    await openPalette(visitor);
    await box.fill("zzz nothing");
    await gone(page.getByRole("dialog").getByRole("option").first());
    await page.keyboard.press("Escape");
    await gone(box);
  });

  test("? lists the shortcuts, and each of them does what the list says", async () => {
    const visitor = await browser.visit(panel.url, view);
    const { page, t } = visitor;
    const box = await openPalette(visitor);
    await page.keyboard.press("Escape");
    await gone(box);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: t("shortcuts") });
    await see(dialog);
    // A dialog has the keyboard for itself.
    await page.keyboard.press("n");
    expect(await page.getByRole("dialog").count()).toBe(1);
    await page.keyboard.press("Escape");
    await gone(dialog);
    for (const [key, place] of [
      ["j", "jobs"],
      ["l", "logs"],
      ["s", "system"],
      ["b", "backups"],
      ["i", "instances"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await see(page.getByRole("heading", { level: 1, name: t(place) }));
    }
    const search = page.getByRole("searchbox", { name: t("search") });
    await see(search);
    await page.keyboard.press("/");
    await page.keyboard.type("n");
    expect(await search.inputValue()).toBe("n");
    await search.fill("");
    await search.blur();
    await page.keyboard.press("n");
    await see(page.getByRole("dialog").getByLabel(t("name"), { exact: true }));
  });
});
