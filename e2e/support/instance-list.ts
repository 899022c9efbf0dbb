import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Visitor } from "./browser.ts";
import { see } from "./see.ts";
import type { Word } from "./words.ts";

/** The row of an instance in the list; a card on a narrow window. */
export function rowOf(page: Page, name: string): Locator {
  const link = page.getByRole("link", { name, exact: true });
  return page.getByRole("row").filter({ has: link });
}

/** Waits until the list shows the instance with this status. */
export async function seeStatus({ page, t }: Visitor, name: string, status: Word): Promise<void> {
  await see(rowOf(page, name).getByText(t(status), { exact: true }));
}

/** Presses the row's button whose name holds the instance's: start, stop, restart, open, more. */
export async function press({ page, t }: Visitor, action: Word, name: string): Promise<void> {
  await page.getByRole("button", { name: t(action, { name }), exact: true }).click();
}

/** Opens the page of a running instance, which is a tab of its own. */
export async function openInstance(visitor: Visitor, name: string): Promise<Page> {
  await seeStatus(visitor, name, "running");
  const opened = visitor.page.waitForEvent("popup");
  await Promise.all([opened, press(visitor, "openNamed", name)]);
  return opened;
}

/** Fills the form of a new instance and sends it. */
export async function createByForm(
  { page, t }: Visitor,
  input: { name: string; id?: string; port?: string; start?: boolean },
): Promise<Locator> {
  await page.getByRole("button", { name: t("createInstance") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("name"), { exact: true }).fill(input.name);
  const id = dialog.getByLabel(t("id"), { exact: true });
  if (input.id === undefined) await expect.poll(() => id.inputValue()).not.toBe("");
  else await id.fill(input.id);
  if (input.port !== undefined)
    await dialog.getByLabel(t("port"), { exact: true }).fill(input.port);
  if (input.start === false) await dialog.getByText(t("startAtOnce")).click();
  await dialog.getByRole("button", { name: t("create"), exact: true }).click();
  return dialog;
}
