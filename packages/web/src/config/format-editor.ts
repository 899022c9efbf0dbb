import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import type { Editor } from "./editor.ts";
import { issueWords } from "./issue-words.ts";

/** Formats the editor's text; leaves a text with errors alone and shows the place. */
export async function formatEditor(editor: Editor): Promise<void> {
  const issue = editor.issues()[0];
  if (issue) {
    const place = t("config.place", { line: issue.line, column: issue.column });
    showToast({
      kind: "error",
      title: t("format.refused", { place }),
      text: t("format.refused.fix", { what: issueWords(issue) }),
    });
    editor.goTo(issue);
    return;
  }
  const text = editor.text();
  try {
    const { formatJson5 } = await import("./format-json5.ts");
    const tidy = await formatJson5(text);
    // Text typed meanwhile takes precedence.
    if (editor.text() !== text) return;
    if (tidy === text) showToast({ kind: "info", title: t("format.already") });
    else editor.changeTo(tidy, { announcement: t("format.done"), userEvent: "format" });
  } catch (error) {
    showToast({
      kind: "error",
      title: t("format.failed"),
      text: t("format.failed.text"),
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}
