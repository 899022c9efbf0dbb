import { t } from "../i18n/i18n.ts";

/** CodeMirror's own words by its English ones. */
export function editorPhrases(): Record<string, string> {
  return {
    Find: t("editor.find"),
    Replace: t("editor.replace"),
    next: t("editor.next"),
    previous: t("editor.previous"),
    all: t("editor.all"),
    "match case": t("editor.matchCase"),
    regexp: t("editor.regexp"),
    "by word": t("editor.byWord"),
    replace: t("editor.replace"),
    "replace all": t("editor.replaceAll"),
    close: t("action.close"),
  };
}
