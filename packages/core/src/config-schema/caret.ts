import {
  commentsBetween,
  isClosing,
  isOpening,
  skipBlank,
  tokenEnd,
  typedKeyOf,
} from "../json5-tokens.ts";
import type { Path } from "./locate.ts";

/** What stands, or could be written, at a caret in a text that need not be finished. */
export interface Caret {
  /** A key of the object at `path`, or the value at `path`. */
  kind: "key" | "value";
  path: Path;
  /** The source of what is there; empty, at the caret, where nothing is. */
  from: number;
  to: number;
  /** Sources of the other keys of the object around it. */
  others: readonly string[];
  /** The first character of what follows; empty at the end. */
  next: string;
}

type Span = Pick<Caret, "from" | "to">;

/**
 * What stands at `offset`; null within a comment, and where only a sign can follow. What comes
 * before decides; what comes behind may be broken.
 */
export function caretAt(text: string, offset: number): Caret | null {
  const reader = new Reader(text);
  let caret: Caret | null = null;
  let around: Frame | undefined;
  for (let at = 0; ; ) {
    const from = skipBlank(text, at);
    // Or in a comment that nothing closes yet.
    const isOver = from >= text.length || text.startsWith("/*", from);
    const to = isOver ? text.length : tokenEnd(text, from);
    if (caret === null && offset <= to) {
      if (isOver && offset > from) return null;
      if (isInComment(text, { from: at, to: from }, offset)) return null;
      const span = isOver ? { from: offset, to: offset } : spanIn(text, { from, to }, offset);
      caret = span && reader.caretIn(span);
      if (span && caret === null) return null;
      around = reader.frames.at(-1);
    }
    if (isOver) break;
    if (caret && from >= caret.to) caret.next ||= text.charAt(from);
    reader.read({ from, to });
    if (caret && (around === undefined || !reader.frames.includes(around))) break;
    at = to;
  }
  const others = around?.keys.filter((key) => caret?.from !== key.from) ?? [];
  return caret && { ...caret, others: others.map(reader.source) };
}

/** Also at the end of a comment that lasts to the end of its line. */
function isInComment(text: string, blank: Span, offset: number): boolean {
  return commentsBetween(text, blank.from, blank.to).some(
    ({ from, to }) =>
      from < offset && (offset < to || (offset === to && text.startsWith("//", from))),
  );
}

/** What is completed at `offset`, at or before a token; null: something behind it. */
function spanIn(text: string, { from, to }: Span, offset: number): Span | null {
  const isBefore = offset < from || (offset === from && isSign(text[from]));
  if (isBefore) return { from: offset, to: offset };
  if (isSign(text[from])) return null;
  const isUnclosed = /["']/.test(text.charAt(from)) && !STRING.test(text.slice(from, to));
  return { from, to: isUnclosed ? offset : to };
}

/** A whole one; one that is not closed has taken what follows on its line. */
const STRING = /^(["'])(?:\\.|(?!\1)[^\\])*\1$/s;

const isSign = (character: string | undefined) =>
  isOpening(character) || isClosing(character) || character === ":" || character === ",";

/** An object or a list that is open. */
interface Frame {
  path: Path;
  isObject: boolean;
  /** What comes next: a key or an item, or what belongs to the last key. */
  expects: "member" | "colon" | "value" | "comma";
  keys: Span[];
  /** Of an item in a list. */
  index: number;
}

/** Reads the tokens of a text, as broken as it may be. */
class Reader {
  readonly frames: Frame[] = [];
  readonly #text: string;
  #isOver = false;

  constructor(text: string) {
    this.#text = text;
  }

  readonly source = ({ from, to }: Span) => this.#text.slice(from, to);

  caretIn(span: Span): Caret | null {
    const frame = this.frames.at(-1);
    if (frame ? frame.expects === "colon" || frame.expects === "comma" : this.#isOver) return null;
    const isKey = frame?.isObject === true && frame.expects === "member";
    const path = isKey ? frame.path : this.#pathOfValue();
    return { kind: isKey ? "key" : "value", path, ...span, others: [], next: "" };
  }

  read(token: Span): void {
    const frame = this.frames.at(-1);
    const sign = this.#text[token.from];
    if (isOpening(sign)) {
      const path = this.#pathOfValue();
      this.#settle(frame);
      const isObject = sign === "{";
      this.frames.push({ path, isObject, expects: "member", keys: [], index: 0 });
    } else if (isClosing(sign)) this.frames.pop();
    else if (sign === ":" && frame?.isObject) frame.expects = "value";
    else if (sign === "," && frame) {
      frame.expects = "member";
      frame.index += 1;
    } else if (frame?.isObject && frame.expects !== "value") {
      // Also where a colon or a comma is missing.
      frame.keys.push(token);
      frame.expects = "colon";
    } else this.#settle(frame);
  }

  /** There is a value now. */
  #settle(frame: Frame | undefined): void {
    if (frame) frame.expects = "comma";
    else this.#isOver = true;
  }

  #pathOfValue(): Path {
    const frame = this.frames.at(-1);
    if (!frame) return [];
    const key = frame.keys.at(-1);
    const name = key === undefined ? undefined : typedKeyOf(this.source(key));
    return [...frame.path, frame.isObject ? (name ?? "") : String(frame.index)];
  }
}
