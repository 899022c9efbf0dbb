import { DomainError, type Issue } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import { redo } from "@codemirror/commands";
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, forceLinting, linter, lintGutter } from "@codemirror/lint";
import { EditorState, Prec, StateEffect, type Text } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { json5 } from "codemirror-json5";

/** CodeMirror's own words, in the language of the page. */
export type Phrases = Readonly<Record<string, string>>;

interface EditorOptions {
  parent: HTMLElement;
  label: string;
  phrases: Phrases;
  text: string;
  onEdit: (text: string) => void;
  onSave: () => void;
  /** What is wrong with the text as it is now. */
  onIssues: (issues: readonly Issue[]) => void;
  /** What the panel found wrong; asked for at each check. */
  panelIssues: () => readonly Issue[];
  /** An issue's message in the language of the page. */
  words: (issue: Issue) => string;
}

const look = EditorView.theme({
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
  ".cm-searchMatch": { backgroundColor: "var(--color-mark)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--color-mark-current)" },
  ".cm-panels, .cm-tooltip": {
    backgroundColor: "var(--color-raised)",
    color: "var(--color-text)",
    borderColor: "var(--color-line)",
  },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--color-line)" },
  ".cm-panel.cm-search": { padding: "8px", fontFamily: "var(--font-sans)" },
  ".cm-textfield": {
    backgroundColor: "var(--color-surface)",
    border: "1px solid var(--color-line-2)",
    borderRadius: "6px",
    padding: "3px 8px",
    fontSize: "13px",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--color-surface)",
    border: "1px solid var(--color-line-2)",
    borderRadius: "6px",
    padding: "3px 8px",
    fontSize: "13px",
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--color-hover)",
    borderColor: "var(--color-line)",
    color: "var(--color-text-2)",
  },
});

/** CodeMirror's own colours, which suit a light page only, by the page's. */
const COLOURS: Readonly<Record<string, string>> = {
  "#a11": "var(--color-running)", // strings
  "#164": "var(--color-unknown)", // numbers
  "#219": "var(--color-busy)", // true, false, null
  "#940": "var(--color-text-3)", // comments
  "#f00": "var(--color-error)", // what is not JSON5
};

const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => {
    const colour = COLOURS[String(spec.color)];
    return colour ? { ...spec, color: colour } : { ...spec, color: "inherit" };
  }),
);

/** Says that what the panel found has changed, though the text has not. */
const recheck = StateEffect.define<null>();

/** A JSON5 editor in `parent`. Loaded only when somebody edits: CodeMirror is large. */
export function createEditor(options: EditorOptions) {
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(
          keymap.of([
            {
              key: "Mod-s",
              preventDefault: true,
              run: () => {
                options.onSave();
                return true;
              },
            },
            { key: "Mod-Shift-z", run: redo, preventDefault: true },
          ]),
        ),
        basicSetup,
        json5(),
        look,
        syntaxHighlighting(colours),
        lintGutter(),
        linter((editor) => check(editor.state.doc, options), {
          delay: 250,
          needsRefresh: (update) =>
            update.transactions.some((step) => step.effects.some((effect) => effect.is(recheck))),
        }),
        EditorState.phrases.of(options.phrases),
        EditorView.contentAttributes.of({ "aria-label": options.label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onEdit(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    /** Replaces the whole text as one step that can be undone. */
    setText(text: string) {
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    /** Checks again now, after the panel found something. */
    recheck() {
      view.dispatch({ effects: recheck.of(null) });
      forceLinting(view);
    },
    goTo(issue: Issue) {
      const at = offsetOf(view.state.doc, issue);
      view.dispatch({
        selection: { anchor: at },
        effects: EditorView.scrollIntoView(at, { y: "center" }),
      });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

export type Editor = ReturnType<typeof createEditor>;

function check(doc: Text, options: EditorOptions): Diagnostic[] {
  const found = syntaxIssues(doc.toString());
  const issues = found.length > 0 ? found : options.panelIssues();
  options.onIssues(issues);
  return issues.map((issue) => {
    const from = offsetOf(doc, issue);
    return {
      from,
      to: Math.min(doc.length, from + 1),
      severity: "error",
      message: options.words(issue),
    };
  });
}

/** The panel's own rule, so that nothing is refused on saving that was fine here. */
function syntaxIssues(text: string): readonly Issue[] {
  try {
    parseJson5Object(text);
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.issues ?? [];
    throw error;
  }
}

/** Where an issue is in the text; lines and columns count from 1 and may lie past the end. */
function offsetOf(doc: Text, issue: Issue): number {
  const line = doc.line(Math.min(Math.max(1, issue.line), doc.lines));
  return Math.min(line.to, line.from + Math.max(0, issue.column - 1));
}
