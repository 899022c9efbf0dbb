import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { useBrowser, VIEWS } from "../support/browser.ts";
import { editorOf } from "../support/editor.ts";
import { seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

interface Focused {
  name: string;
  /** It has an outline, itself or what stands for it, or a caret. */
  isMarked: boolean;
}

function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: "", isMarked: false };
    const names = [
      element.getAttribute("aria-label"),
      ...[...(("labels" in element && (element.labels as NodeList | null)) || [])].map(
        (label) => label.textContent,
      ),
      element.textContent,
    ];
    const outlined = (part: Element | null) =>
      part !== null &&
      Number.parseFloat(getComputedStyle(part).outlineWidth) > 0 &&
      getComputedStyle(part).outlineStyle !== "none";
    return {
      name: (names.find((name) => name?.trim()) ?? "").trim(),
      isMarked:
        outlined(element) ||
        outlined(element.nextElementSibling) ||
        (element instanceof HTMLElement && element.isContentEditable),
    };
  });
}

/** Presses Tab until the control of this name has the focus, which must be visible on the way. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    passed.push(now.name);
    if (now.name !== "") expect(now.isMarked, `the focus on “${now.name}” can be seen`).toBe(true);
    if (now.name === name || now.name === `${name}…`) return;
  }
  throw new Error(`Tab never came to “${name}”, but to: ${passed.join(" · ")}`);
}

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
    await expect.poll(async () => (await focused(page)).name).toBe(t("name"));
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
      await expect.poll(async () => (await focused(page)).name).toBe(entry);
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
    await expect.poll(async () => (await focused(page)).name).toBe(t("typeId", { id: "anna" }));
    await keyboard.type("anna");
    await keyboard.press("Enter");
    await page.waitForURL("**/instances");
    await see(page.getByText(t("noInstances")));
  });
});
