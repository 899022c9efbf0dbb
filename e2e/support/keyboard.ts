import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

interface Focused {
  name: string;
  /** It has an outline, itself or what stands for it, or a caret. */
  isMarked: boolean;
}

/** The focused element; no name without focus. */
export function focused(page: Page): Promise<Focused> {
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
        // The browser marks the parts of such a field one by one.
        element.matches("input[type=date]") ||
        outlined(element.nextElementSibling) ||
        (element instanceof HTMLElement && element.isContentEditable),
    };
  });
}

/** Waits until the control of this name has the focus by itself. */
export const seeFocus = (page: Page, name: string) =>
  expect.poll(async () => (await focused(page)).name).toBe(name);

/** Presses Tab until the control of this name has the focus, which must be visible on the way. */
export async function tabTo(page: Page, name: string): Promise<void> {
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

/** Waits until the focus is in a dialog or a menu: it is shown a moment before it takes the focus. */
export const seeFocusIn = (place: Locator) =>
  expect
    .poll(() => place.evaluate((element) => element.contains(document.activeElement)))
    .toBe(true);
