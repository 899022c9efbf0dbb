import { syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { json5 } from "codemirror-json5";
import type { Phrases } from "./editor.ts";
import { colours, look } from "./editor-look.ts";
import { comparison } from "./merge.ts";
import { secretMask } from "./secret-mask.ts";

interface DiffOptions {
  parent: HTMLElement;
  label: string;
  phrases: Phrases;
  before: string;
  after: string;
  /** Folds unchanged lines. */
  collapse: boolean;
}

/** A read-only view of two texts, which can be searched and copied. */
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
        secretMask(),
        comparison(options.before, { collapse: options.collapse }),
      ],
    }),
  });
}
