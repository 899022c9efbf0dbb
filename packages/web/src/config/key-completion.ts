import { type Caret, caretAt } from "@claw/core/config-schema/caret";
import { factsAt, type KeyFacts, type KnownKey, keysAt } from "@claw/core/config-schema/key-facts";
import { isPlainKey, typedKeyOf } from "@claw/core/json5-tokens";
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { t } from "../i18n/i18n.ts";
import { guide } from "./key-guide.ts";
import { renderNotes } from "./key-help.tsx";
import { notesAt } from "./key-notes.ts";
import { kindWords } from "./key-words.ts";

/** Where something is completed, and what is written there. */
interface Place extends Caret {
  source: string;
  quote: string;
}

/** Offers the keys that OpenClaw knows where the caret stands, and the values of a key. */
export function completeKeys(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context;
  const { schema } = state.field(guide);
  const caret = schema && caretAt(state.doc.toString(), pos);
  if (!caret || (!explicit && !isBeingTyped(state, caret, pos))) return null;
  const source = state.sliceDoc(caret.from, caret.to);
  const place: Place = { ...caret, source, quote: /^["']/.exec(source)?.[0] ?? "" };
  const options =
    caret.kind === "key"
      ? keyOptions(state, place, keysAt(schema, caret.path))
      : valueOptions(place, factsAt(schema, caret.path));
  if (options.length === 0) return null;
  const validFor = (text: string, from: number, to: number, now: EditorState) =>
    /^["']?[^"'\s{}[\],:]*["']?$/.test(text) &&
    isBeingTyped(now, { from, to }, now.selection.main.head);
  return { from: caret.from, to: caret.to, options, validFor };
}

/** A text that its second quotation mark ends needs no more. */
function isBeingTyped(state: EditorState, { from, to }: Pick<Caret, "from" | "to">, at: number) {
  const source = state.sliceDoc(from, to);
  const isWhole = /^(["']).*\1$/.test(source);
  return at > from && !(isWhole && at === to);
}

function keyOptions(state: EditorState, place: Place, known: readonly KnownKey[]): Completion[] {
  const present = new Set(place.others.map(typedKeyOf));
  const isQuoted = place.others.some((source) => /^["']/.test(source));
  const quote = place.quote || (isQuoted ? '"' : "");
  return known
    .filter(({ key }) => !present.has(key))
    .map((each) => {
      const name = quote || !isPlainKey(each.key) ? quoted(each.key, quote || '"') : each.key;
      return {
        label: place.quote ? name : each.key,
        type: "property",
        detail: each.isRequired ? t("help.required") : kindWords(each.kinds),
        boost: each.isRequired ? 1 : 0,
        info: () => infoOf(state, [...place.path, each.key]),
        apply: insertKey(place, name, each),
      };
    });
}

function infoOf(state: EditorState, path: readonly string[]) {
  const notes = notesAt(state, path);
  return notes && renderNotes(notes);
}

/** Writes a key with its colon and the brackets of its value, and the caret between them. */
function insertKey({ next }: Place, name: string, { kinds, values }: KnownKey) {
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    const isNamed = next === ":";
    const [open, close] = values.length === 0 ? (BRACKETS[kinds.join()] ?? ["", ""]) : ["", ""];
    const before = isNamed ? name : `${name}: ${open}`;
    const after = isNamed ? "" : close + commaBefore(next);
    view.dispatch({
      changes: { from, to, insert: before + after },
      selection: { anchor: from + before.length },
      annotations: pickedCompletion.of(completion),
      scrollIntoView: true,
      userEvent: "input.complete",
    });
    if (!isNamed && values.length > 0) startCompletion(view);
  };
}

/** Of keys that have one kind of value. */
const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  object: ["{ ", " }"],
  array: ["[", "]"],
  string: ['"', '"'],
};

function valueOptions(place: Place, facts: KeyFacts | null): Completion[] {
  return (facts?.values ?? []).map((value) => {
    const label =
      typeof value === "string" ? quoted(value, place.quote || '"') : JSON.stringify(value);
    return {
      label,
      type: "enum",
      detail: value === facts?.default ? t("help.standard") : "",
      apply: label + commaBefore(place.next),
    };
  });
}

/** What stands between a new member and what follows it. */
const commaBefore = (next: string) => (next === "" || ",}]".includes(next) ? "" : ",");

function quoted(text: string, quote: string): string {
  const inside = JSON.stringify(text).slice(1, -1);
  return quote === '"'
    ? `"${inside}"`
    : `'${inside.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
