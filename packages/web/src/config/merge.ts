import { Chunk, unifiedMergeView } from "@codemirror/merge";
import { type Extension, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { removedSecrets } from "./removed-secrets.ts";

/** Large texts that differ everywhere are compared roughly rather than slowly. */
const LIMITS = { scanLimit: 500, timeout: 100 };

/** Removed text is red with a minus, added text green with a plus. */
const look = EditorView.theme({
  ".cm-deletedChunk": {
    backgroundColor: "var(--color-error-tint)",
    paddingLeft: "6px",
    position: "relative",
  },
  "&.cm-merge-b .cm-changedLine": { backgroundColor: "var(--color-running-tint)" },
  "&.cm-merge-b .cm-deletedText, &.cm-merge-b .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in oklch, var(--color-error) 22%, transparent)",
    borderRadius: "2px",
  },
  "&.cm-merge-b .cm-changedText": {
    background: "color-mix(in oklch, var(--color-running) 24%, transparent)",
    borderRadius: "2px",
  },
  ".cm-changeGutter": { width: "14px", paddingLeft: "0", textAlign: "center" },
  "&.cm-merge-b .cm-changedLineGutter": {
    background: "var(--color-running-tint)",
    color: "var(--color-running)",
  },
  "&.cm-merge-b .cm-changedLineGutter::before": { content: '"+"' },
  "&.cm-merge-b .cm-deletedLineGutter": {
    background: "var(--color-error-tint)",
    color: "var(--color-error)",
  },
  "&.cm-merge-b .cm-deletedLineGutter::before": { content: '"−"' },
  // Syntax colours are too faint on the stronger tint.
  "&.cm-merge-b .cm-changedText, &.cm-merge-b .cm-changedText *, &.cm-merge-b .cm-deletedText": {
    color: "var(--color-text)",
  },
  ".cm-deletedChunk:has(.cm-chunkButtons)": { paddingLeft: "0" },
  ".cm-deletedChunk:has(.cm-chunkButtons) .cm-deletedLine": { paddingLeft: "6px" },
  ".cm-deletedChunk .cm-chunkButtons": {
    position: "sticky",
    left: "0",
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px",
    padding: "3px 6px",
    backgroundColor: "var(--color-sunken)",
    fontFamily: "var(--font-sans)",
  },
  ".cm-deletedChunk .cm-chunkButtons button": {
    margin: "0",
    padding: "0 8px",
    height: "24px",
    border: "1px solid var(--color-line-2)",
    borderRadius: "6px",
    backgroundColor: "var(--color-surface)",
    color: "var(--color-text)",
    fontFamily: "var(--font-sans)",
    fontSize: "12px",
  },
  ".cm-deletedChunk .cm-chunkButtons button:hover": { backgroundColor: "var(--color-hover)" },
  ".cm-collapsedLines": {
    background: "var(--color-sunken)",
    color: "var(--color-text-2)",
    fontFamily: "var(--font-sans)",
    fontSize: "12px",
    "&:before, &:after": { content: '"···"' },
  },
});

/** The labels of the two buttons at each difference. */
export interface ChoiceWords {
  theirs: string;
  mine: string;
}

/** Marks the editor's differences from `original`, whose secrets it hides like `secretMask`. */
export function comparison(
  original: string,
  options: { choice?: ChoiceWords; collapse?: boolean } = {},
): Extension {
  const { choice } = options;
  return [
    unifiedMergeView({
      original,
      diffConfig: LIMITS,
      mergeControls: choice
        ? (type, act) => choiceButton(type === "accept" ? choice.mine : choice.theirs, act)
        : false,
      ...(options.collapse ? { collapseUnchanged: { margin: 3, minSize: 4 } } : {}),
    }),
    removedSecrets(),
    look,
  ];
}

/** On click rather than mousedown, so that the keyboard works too. */
function choiceButton(words: string, act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  return button;
}

/** Number of places where two texts differ. */
export function countChanges(before: string, after: string): number {
  return before === after ? 0 : Chunk.build(asText(before), asText(after), LIMITS).length;
}

function asText(text: string): Text {
  return Text.of(text.split(/\r\n|\r|\n/));
}
