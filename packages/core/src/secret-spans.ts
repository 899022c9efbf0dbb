import json5 from "json5";
import {
  commentsBetween,
  isClosing,
  isOpening,
  keyOf,
  skipBlank,
  tokenEnd,
} from "./json5-tokens.ts";
import { holdsCredentials, isSecretName, isSecretText } from "./secret-paths.ts";

/** Offsets in a text. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Where the secrets of a configuration lie, in its texts and in its comments, also while it is no
 * valid JSON5; `isBroken` says that some may be missing then.
 */
export function secretSpans(text: string): { spans: Span[]; isBroken: boolean } {
  const scan = new Scan(text);
  scan.run();
  if (scan.isBroken) scan.spans.push(...namedSecrets(text, { from: 0, to: text.length }, QUOTED));
  return { spans: joined(scan.spans), isBroken: scan.isBroken };
}

/** In order, and those that overlap as one. */
export function joined(spans: readonly Span[]): Span[] {
  const done: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = done.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else done.push({ from, to });
  }
  return done;
}

const NAME = /(?<![\w$-])([\w$-]+)["']?[^\S\r\n]*[:=：][^\S\r\n]*/g;
const QUOTED = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'?/y;
/** In a comment a secret needs no quotes. */
const QUOTED_OR_BARE = new RegExp(`${QUOTED.source}|[^\\s"'{[][^\\r\\n]*`, "y");

/** Values behind names of secrets, by their looks only. */
function namedSecrets(text: string, { from, to }: Span, value: RegExp): Span[] {
  const part = text.slice(from, to);
  const spans: Span[] = [];
  for (const { 0: whole, 1: name = "", index } of part.matchAll(NAME)) {
    const start = index + whole.length;
    value.lastIndex = start;
    const found = isSecretName(name) ? (value.exec(part)?.[0].trimEnd() ?? "") : "";
    if (/[^"']/.test(found)) spans.push({ from: from + start, to: from + start + found.length });
  }
  return spans;
}

/** Secrets of a comment: behind a name, and in an address. */
export function secretsOfComment(text: string, { from, to }: Span): Span[] {
  const end = text.startsWith("*/", to - 2) && text.startsWith("/*", from) ? to - 2 : to;
  const addresses = [...text.slice(from, end).matchAll(/\S+/g)]
    .filter(([word]) => holdsCredentials(word))
    .map(({ 0: word, index }) => ({ from: from + index, to: from + index + word.length }));
  return [...namedSecrets(text, { from, to: end }, QUOTED_OR_BARE), ...addresses];
}

/** An object or a list that is open. */
interface Frame {
  /** Null for the whole text. */
  opening: "{" | "[" | null;
  key: string | undefined;
  index: number;
  /** The text of the item before. */
  before: string | undefined;
  /** Whether there is a value since the last comma. */
  isFilled: boolean;
}

const frame = (opening: Frame["opening"]): Frame => ({
  opening,
  key: undefined,
  index: 0,
  before: undefined,
  isFilled: false,
});

/** Reads a text once, and goes on behind whatever is wrong. */
class Scan {
  readonly spans: Span[] = [];
  isBroken = false;
  readonly #text: string;
  readonly #frames = [frame(null)];

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      const from = skipBlank(text, at);
      this.#skip(at, from);
      if (from >= text.length) break;
      at = tokenEnd(text, from);
      const colon = skipBlank(text, at);
      if (isOpening(text[from])) this.#open(text[from] === "{" ? "{" : "[");
      else if (isClosing(text[from])) this.#close(text[from] === "}" ? "{" : "[");
      else if (text[from] === ",") this.#next();
      else if (text[from] === ":") this.isBroken = true;
      else if (text[colon] === ":") {
        this.#name(text.slice(from, at));
        this.#skip(at, colon);
        at = colon + 1;
      } else this.#value(from, at);
    }
    this.isBroken ||= this.#frames.length > 1;
  }

  #skip(from: number, to: number): void {
    for (const comment of commentsBetween(this.#text, from, to))
      this.spans.push(...secretsOfComment(this.#text, comment));
  }

  get #top(): Frame {
    return this.#frames.at(-1) ?? frame(null);
  }

  #open(opening: "{" | "["): void {
    this.#fill();
    this.#frames.push(frame(opening));
  }

  /** A bracket that nothing opened is passed over; one too early closes what is inside. */
  #close(opening: "{" | "["): void {
    const top = this.#top;
    if (top.opening !== opening || (top.key !== undefined && !top.isFilled)) this.isBroken = true;
    const at = this.#frames.findLastIndex((open) => open.opening === opening);
    if (at > 0) this.#frames.splice(at);
  }

  #next(): void {
    const top = this.#top;
    if (!top.isFilled || top.opening === null) this.isBroken = true;
    top.key = undefined;
    top.isFilled = false;
    top.index += 1;
  }

  #name(source: string): void {
    const top = this.#top;
    if (top.opening !== "{" || top.key !== undefined) this.isBroken = true;
    top.key = this.#keyOf(source);
    top.isFilled = false;
  }

  #keyOf(source: string): string {
    return this.#read(() => keyOf(source)) ?? source.replaceAll(/["']/g, "");
  }

  #value(from: number, to: number): void {
    this.#fill();
    const source = this.#text.slice(from, to);
    const quote = source[0];
    if (quote !== '"' && quote !== "'") {
      if (!BARE_VALUE.test(source)) this.isBroken = true;
      return;
    }
    const text = this.#textOf(source);
    const top = this.#top;
    const { before } = top;
    if (top.opening === "[") top.before = text;
    if (text !== "" && isSecretText({ path: this.#path(), text, before }))
      this.spans.push({ from, to });
  }

  #textOf(source: string): string {
    const isClosed = source.length > 1 && source.endsWith(source[0] ?? "");
    if (isClosed && !source.includes("\\")) return source.slice(1, -1);
    return this.#read(() => String(json5.parse<unknown>(source))) ?? source.slice(1).trimEnd();
  }

  #fill(): void {
    const top = this.#top;
    if (top.isFilled || (top.opening === "{" && top.key === undefined)) this.isBroken = true;
    top.isFilled = true;
  }

  #path(): string[] {
    return this.#frames.flatMap(({ opening, key, index }) => {
      if (opening === "[") return [key ?? String(index)];
      return key === undefined ? [] : [key];
    });
  }

  /** Undefined for what json5 cannot read, which is expected while somebody types. */
  #read(read: () => string | undefined): string | undefined {
    try {
      return read();
    } catch {
      this.isBroken = true;
      return undefined;
    }
  }
}

const BARE_VALUE = /^(?:true|false|null|[+-]?(?:Infinity|NaN|\.?\d[\w.+-]*))$/;
