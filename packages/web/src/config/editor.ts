import type { Issue } from "@claw/core/errors";
import { redo } from "@codemirror/commands";
import { syntaxHighlighting } from "@codemirror/language";
import { forceLinting, linter, lintGutter } from "@codemirror/lint";
import { diff, getChunks, goToNextChunk, goToPreviousChunk } from "@codemirror/merge";
import { openSearchPanel, search } from "@codemirror/search";
import { Compartment, EditorState, Prec, type StateCommand, StateEffect } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { json5 } from "codemirror-json5";
import { createCheck, offsetOf } from "./editor-check.ts";
import { colours, look } from "./editor-look.ts";
import { type ChoiceWords, comparison } from "./merge.ts";
import { secretMask } from "./secret-mask.ts";
import { syntaxIssues } from "./syntax-issues.ts";

/** CodeMirror's texts in the page's language. */
export type Phrases = Readonly<Record<string, string>>;

interface EditorOptions {
  parent: HTMLElement;
  label: string;
  phrases: Phrases;
  text: string;
  onEdit: (text: string) => void;
  onSave: () => void;
  onFormat: () => void;
  /** The current problems of the text. */
  onIssues: (issues: readonly Issue[]) => void;
  /** Number of places where the text differs from the compared one; null without one. */
  onDifferences: (count: number | null) => void;
  /** The panel's errors of a save, read at each check. */
  panelIssues: () => readonly Issue[];
  /** Asks the panel for the issues of a text that is valid JSON5. */
  validate: (text: string) => Promise<readonly Issue[]>;
  /** An issue's message in the language of the page. */
  words: (issue: Issue) => string;
}

/** Signals that the panel's errors changed, though the text has not. */
const recheck = StateEffect.define<null>();

/** A JSON5 editor in `parent`. Loaded on demand: CodeMirror is large. */
export function createEditor(options: EditorOptions) {
  const compared = new Compartment();
  const command = (run: () => void) => () => {
    run();
    return true;
  };
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: command(options.onSave) },
            { key: "Shift-Alt-f", preventDefault: true, run: command(options.onFormat) },
            { key: "Mod-Shift-z", run: redo, preventDefault: true },
          ]),
        ),
        basicSetup,
        search({ top: true }),
        json5(),
        look,
        syntaxHighlighting(colours),
        lintGutter(),
        secretMask(),
        linter(createCheck(options), {
          delay: 250,
          needsRefresh: (update) =>
            update.transactions.some((step) => step.effects.some((effect) => effect.is(recheck))),
        }),
        compared.of([]),
        EditorState.phrases.of(options.phrases),
        EditorView.contentAttributes.of({ "aria-label": options.label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onEdit(update.state.doc.toString());
          const chunks = getChunks(update.state)?.chunks;
          if (chunks !== getChunks(update.startState)?.chunks)
            options.onDifferences(chunks?.length ?? null);
        }),
      ],
    }),
  });
  /** Centers the caret: the removed text above it must be visible, too. */
  const goToDifference = (go: StateCommand) => {
    if (!go(view)) return;
    const { head } = view.state.selection.main;
    view.dispatch({ effects: EditorView.scrollIntoView(head, { y: "center" }) });
  };
  return {
    /** Replaces the whole text as one undoable step. */
    setText(text: string) {
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    /** Changes only the differing parts, so that the caret stays in place. */
    changeTo(text: string, announcement: string) {
      const before = view.state.doc.toString();
      view.dispatch({
        changes: diff(before, text, { scanLimit: 500, timeout: 200 }).map((one) => ({
          from: one.fromA,
          to: one.toA,
          insert: text.slice(one.fromB, one.toB),
        })),
        effects: EditorView.announce.of(announcement),
        userEvent: "format",
      });
    },
    text: () => view.state.doc.toString(),
    issues: () => syntaxIssues(view.state.doc.toString()),
    /** Compares the text with `original`, place by place; null ends the comparison. */
    compareWith(original: string | null, choice: ChoiceWords) {
      view.dispatch({
        effects: compared.reconfigure(original === null ? [] : comparison(original, { choice })),
      });
      if (original !== null) goToDifference(goToNextChunk);
    },
    nextDifference: () => goToDifference(goToNextChunk),
    previousDifference: () => goToDifference(goToPreviousChunk),
    openSearch: () => openSearchPanel(view),
    /** Repeats the check, after the panel reported an error. */
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
