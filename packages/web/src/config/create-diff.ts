import { syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { json5 } from "codemirror-json5";
import type { Phrases } from "./editor.ts";
import { colours, look } from "./editor-look.ts";
import { comparison } from "./merge.ts";

interface DiffOptions {
  parent: HTMLElement;
  label: string;
  phrases: Phrases;
  before: string;
  after: string;
  /** Folds the lines that stay as they are. */
  collapse: boolean;
}

/** Two texts in one view that can be read, searched and copied, but not changed. */
export function createDiff(options: DiffOptions): EditorView {
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.after,
      extensions: [
        lineNumbers(),
        json5(),
        look,
        syntaxHighlighting(colours),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorState.phrases.of(options.phrases),
        EditorView.contentAttributes.of({ "aria-label": options.label, tabindex: "0" }),
        comparison(options.before, { collapse: options.collapse }),
      ],
    }),
  });
}
