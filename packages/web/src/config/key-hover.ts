import { caretAt } from "@claw/core/config-schema/caret";
import { typedKeyOf } from "@claw/core/json5-tokens";
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { renderNotes } from "./key-help.tsx";
import { notesAt } from "./key-notes.ts";

/** What there is to say of the key at `offset`, or of the key whose value is there. */
function notesUnder(state: EditorState, offset: number) {
  const caret = caretAt(state.doc.toString(), offset);
  if (!caret || caret.from === caret.to) return null;
  const name = caret.kind === "key" ? typedKeyOf(state.sliceDoc(caret.from, caret.to)) : null;
  if (name === undefined) return null;
  const notes = notesAt(state, name === null ? caret.path : [...caret.path, name]);
  return notes && { caret, notes };
}

function tooltipOf({ caret, notes }: NonNullable<ReturnType<typeof notesUnder>>): Tooltip {
  return { pos: caret.from, end: caret.to, above: true, create: () => renderNotes(notes) };
}

/** Shows the help at the caret, or hides it. */
const setHelp = StateEffect.define<Tooltip | null>();

const help = StateField.define<Tooltip | null>({
  create: () => null,
  update(before, { effects, docChanged, selection }) {
    const wanted = effects.filter((effect) => effect.is(setHelp)).at(-1);
    if (wanted) return wanted.value;
    return docChanged || selection ? null : before;
  },
  provide: (field) => showTooltip.from(field),
});

/** False where there is nothing to show or hide. */
export function toggleHelp(view: EditorView): boolean {
  const { state } = view;
  const found = state.field(help) ? null : notesUnder(state, state.selection.main.head);
  if (found === null) return hideHelp(view);
  const { facts, path } = found.notes;
  const words = [facts?.title ?? path.join("."), facts?.description];
  view.dispatch({
    effects: [
      setHelp.of(tooltipOf(found)),
      EditorView.announce.of(words.filter(Boolean).join(". ")),
    ],
  });
  return true;
}

function hideHelp(view: EditorView): boolean {
  if (!view.state.field(help)) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
}

/** The help on a key under the pointer, and at the caret by F1. */
export function keyHover(): Extension {
  return [
    help,
    hoverTooltip((view, offset) => {
      const found = notesUnder(view.state, offset);
      return found && tooltipOf(found);
    }),
    keymap.of([
      { key: "F1", run: toggleHelp, preventDefault: true },
      { key: "Escape", run: hideHelp },
    ]),
  ];
}
