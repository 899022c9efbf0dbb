import { defaultHighlightStyle, HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";

/** The editor's theme in the page's colours. */
export const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--color-text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", fontSize: "13px", lineHeight: "20px" },
  ".cm-content": { caretColor: "var(--color-text)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--color-text)" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    color: "var(--color-text-3)",
    border: "none",
    paddingLeft: "4px",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklch, var(--color-hover) 70%, transparent)",
  },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "color-mix(in oklch, var(--color-focus) 28%, transparent)" },
  ".cm-matchingBracket": {
    backgroundColor: "color-mix(in oklch, var(--color-running) 25%, transparent)",
  },
  ".cm-nonmatchingBracket": {
    backgroundColor: "color-mix(in oklch, var(--color-error) 25%, transparent)",
  },
  ".cm-searchMatch *": { color: "var(--color-text)" },
  ".cm-searchMatch": { backgroundColor: "var(--color-mark)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--color-mark-current)" },
  ".cm-panels, .cm-tooltip": {
    backgroundColor: "var(--color-raised)",
    color: "var(--color-text)",
    borderColor: "var(--color-line)",
  },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--color-line)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--color-line)" },
  ".cm-panel.cm-search": {
    padding: "6px 40px 6px 8px",
    fontFamily: "var(--font-sans)",
    "& input, & button, & label": { margin: "2px 6px 2px 0", verticalAlign: "middle" },
    "& label": { display: "inline-flex", alignItems: "center", gap: "4px", fontSize: "12px" },
    "& input[type=checkbox]": { width: "16px", height: "16px", margin: "0" },
    "& button[name=close]": {
      top: "4px",
      right: "4px",
      width: "32px",
      height: "32px",
      margin: "0",
    },
    "& button[name=close]:hover": {
      backgroundColor: "var(--color-hover)",
      borderRadius: "6px",
    },
  },
  ".cm-textfield": {
    backgroundColor: "var(--color-surface)",
    border: "1px solid var(--color-line-2)",
    borderRadius: "6px",
    padding: "3px 8px",
    fontSize: "13px",
    width: "min(240px, 100%)",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--color-surface)",
    border: "1px solid var(--color-line-2)",
    borderRadius: "6px",
    padding: "3px 8px",
    fontSize: "13px",
  },
  ".cm-tooltip": { borderRadius: "6px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "16em",
    fontFamily: "var(--font-mono)",
    fontSize: "13px",
    "& > li": { padding: "3px 8px", lineHeight: "18px" },
    "& > li[aria-selected]": {
      backgroundColor: "color-mix(in oklch, var(--color-focus) 28%, transparent)",
      color: "var(--color-text)",
    },
  },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionDetail": {
    marginLeft: "16px",
    color: "var(--color-text-2)",
    fontFamily: "var(--font-sans)",
    fontSize: "12px",
    fontStyle: "normal",
  },
  ".cm-tooltip.cm-completionInfo": { padding: "0" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--color-hover)",
    borderColor: "var(--color-line)",
    color: "var(--color-text-2)",
  },
});

/** Replaces CodeMirror's own colours, which suit light pages only. */
const COLOURS: Readonly<Record<string, string>> = {
  "#a11": "var(--color-running)", // strings
  "#164": "var(--color-unknown)", // numbers
  "#219": "var(--color-busy)", // true, false, null
  "#940": "var(--color-text-3)", // comments
  "#f00": "var(--color-error)", // invalid JSON5
};

export const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => {
    const colour = COLOURS[String(spec.color)];
    return colour ? { ...spec, color: colour } : { ...spec, color: "inherit" };
  }),
);
