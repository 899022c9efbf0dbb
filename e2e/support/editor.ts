import type { Locator } from "playwright-core";
import type { Visitor } from "./browser.ts";
import { see } from "./see.ts";

export function editorOf({ page, t }: Visitor, name: string): Locator {
  return page.getByRole("textbox", { name: t("configOf", { name }) });
}

/** Types a line at the very beginning of the text, as somebody at the keyboard does. */
export async function typeFirstLine(visitor: Visitor, name: string, line: string): Promise<void> {
  const editor = editorOf(visitor, name);
  await see(editor);
  await editor.focus();
  await visitor.page.keyboard.press("ControlOrMeta+Home");
  await visitor.page.keyboard.insertText(line);
  await visitor.page.keyboard.press("Enter");
}

/** Puts another text in the place of the whole one, as pasting does. */
export async function pasteAll(visitor: Visitor, name: string, text: string): Promise<void> {
  const editor = editorOf(visitor, name);
  await see(editor);
  await editor.focus();
  await visitor.page.keyboard.press("ControlOrMeta+a");
  await visitor.page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await visitor.page.keyboard.press("ControlOrMeta+v");
}
