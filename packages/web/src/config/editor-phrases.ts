import { t } from "../i18n/i18n.ts";
import { SHOW_SECRET } from "./secret-mask.ts";

/** Translations of CodeMirror's texts, by the English ones. */
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
    "current match": t("editor.currentMatch"),
    "on line": t("editor.onLine"),
    "replaced match on line $": t("editor.replacedOne"),
    "replaced $ matches": t("editor.replacedMany"),
    "Go to line": t("editor.goToLine"),
    go: t("editor.go"),
    "Fold line": t("editor.fold"),
    "Unfold line": t("editor.unfold"),
    unfold: t("editor.unfold"),
    "folded code": t("editor.folded"),
    "Folded lines": t("editor.foldedLines"),
    "Unfolded lines": t("editor.unfoldedLines"),
    to: t("editor.to"),
    Diagnostics: t("config.problems"),
    "No diagnostics": t("editor.noProblems"),
    Completions: t("editor.completions"),
    "Selection deleted": t("editor.selectionDeleted"),
    "Control character": t("editor.controlCharacter"),
    [SHOW_SECRET]: t("editor.showSecret"),
    "$ unchanged lines": t("editor.unchanged"),
  };
}
