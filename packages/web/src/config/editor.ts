import type { Issue } from "@claw/core/errors";
import type { ManagedKey } from "@claw/core/managed-keys";
import { redo, undo } from "@codemirror/commands";
import { syntaxHighlighting } from "@codemirror/language";
import { forceLinting, linter, lintGutter } from "@codemirror/lint";
import { diff, getChunks, goToNextChunk, goToPreviousChunk } from "@codemirror/merge";
import { openSearchPanel, search } from "@codemirror/search";
import { Compartment, EditorState, Prec, type StateCommand, StateEffect } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { json5, json5Language } from "codemirror-json5";
import { createCheck, offsetOf } from "./editor-check.ts";
import { colours, look } from "./editor-look.ts";
import { completeKeys } from "./key-completion.ts";
import { guide, type KeyGuide, setGuide } from "./key-guide.ts";
import { keyHover, toggleHelp } from "./key-hover.ts";
import { withLf } from "./line-ends.ts";
import { managedMarks } from "./managed-marks.ts";
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
  /** The panel's keys that have another value than the panel's. */
  onWrongKeys: (keys: readonly ManagedKey[]) => void;
  /** The panel's errors of a save, read at each check. */
  panelIssues: () => readonly Issue[];
  /** Asks the panel for the issues of a text that is valid JSON5. */
  validate: (text: string) => Promise<readonly Issue[]>;
  /** An issue's message in the language of the page. */
  words: (issue: Issue) => string;
}

interface Change {
  /** Read out. */
  announcement?: string;
  /** Changes of "input.type" at one place, soon after another, are undone together. */
  userEvent: "format" | "input.type";
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
        guide,
        json5Language.data.of({ autocomplete: completeKeys }),
        keyHover(),
        managedMarks(),
        linter(createCheck(options), {
          delay: 250,
          needsRefresh: (update) =>
            update.transactions.some((step) =>
              step.effects.some((effect) => effect.is(recheck) || effect.is(setGuide)),
            ),
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
    changeTo(text: string, { announcement, userEvent }: Change) {
      const before = view.state.doc.toString();
      const after = withLf(text);
      view.dispatch({
        changes: diff(before, after, { scanLimit: 500, timeout: 200 }).map((one) => ({
          from: one.fromA,
          to: one.toA,
          insert: after.slice(one.fromB, one.toB),
        })),
        effects: announcement === undefined ? [] : EditorView.announce.of(announcement),
        userEvent,
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
    undo: () => undo(view),
    redo: () => redo(view),
    openSearch: () => openSearchPanel(view),
    /** What completion, help and marks are made from. */
    setGuide: (known: KeyGuide) => view.dispatch({ effects: setGuide.of(known) }),
    toggleHelp() {
      view.focus();
      toggleHelp(view);
    },
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
