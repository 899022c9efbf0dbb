import { applyEdits, type Edit, withValue } from "./json5-edit.ts";
import { keyOf, membersOf, skipBlank } from "./json5-tokens.ts";

/** How the text around a new member is written. */
interface Style {
  newline: string;
  /** One step of indentation. */
  unit: string;
  /** Names without quotation marks. */
  isBare: boolean;
  /** A comma behind the last member. */
  hasComma: boolean;
}

/**
 * `text`, which must be valid JSON5, with `value` set at `path`, as `withValue` does it; a new
 * member gets a line of its own where the others have one, behind the comment of the last.
 */
export function withMember(text: string, path: readonly string[], value: unknown): string {
  let at = skipBlank(text, 0);
  for (const [depth, key] of path.entries()) {
    const { members, end } = membersOf(text, at);
    // As in JavaScript, the last of equal keys wins.
    const member = members.findLast(({ name }) => keyOf(name) === key);
    if (member && text[member.from] === "{" && depth < path.length - 1) {
      at = member.from;
      continue;
    }
    if (member) break;
    const edits = insertion(text, { at, members, end }, path.slice(depth), value);
    return edits ? applyEdits(text, edits) : withValue(text, path, value);
  }
  return withValue(text, path, value);
}

type Around = { at: number } & ReturnType<typeof membersOf>;

/** Null where the members stand on one line, and a new one does, too. */
function insertion(
  text: string,
  { at, members, end }: Around,
  keys: readonly string[],
  value: unknown,
): Edit[] | null {
  const last = members.at(-1);
  if (!last) return intoEmpty(text, at, end, keys, value);
  const indent = indentBefore(text, last.start);
  if (indent === null) return null;
  const next = skipBlank(text, last.to);
  const hasComma = text[next] === ",";
  const place = lineRest(text, hasComma ? next + 1 : last.to);
  const style = { ...styleOf(text), isBare: isBare(last.name), hasComma };
  const insert = `${style.newline}${indent}${sourceOf(keys, value, style, indent)}${hasComma ? "," : ""}`;
  const member = { from: place, to: place, insert };
  // With one edit at each place, their order is certain.
  if (hasComma) return [member];
  if (place === last.to) return [{ ...member, insert: `,${insert}` }];
  return [{ from: last.to, to: last.to, insert: "," }, member];
}

function intoEmpty(
  text: string,
  at: number,
  end: number,
  keys: readonly string[],
  value: unknown,
): Edit[] | null {
  const style = { ...styleOf(text), isBare: true, hasComma: true };
  const outer = /^[^\S\r\n]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? "";
  const indent = outer + style.unit;
  const source = `${indent}${sourceOf(keys, value, style, indent)},${style.newline}`;
  if (end === at + 1) return [{ from: end, to: end, insert: `${style.newline}${source}${outer}` }];
  // Comments stand in it, and its bracket on a line of its own.
  if (indentBefore(text, end) === null || lineStart(text, end) <= at) return null;
  const from = lineStart(text, end);
  return [{ from, to: from, insert: source }];
}

/** The members of `keys`, one in another, the innermost with `value`. */
function sourceOf(
  [key = "", ...rest]: readonly string[],
  value: unknown,
  style: Style,
  indent: string,
): string {
  const name = style.isBare && PLAIN.test(key) ? key : JSON.stringify(key);
  if (rest.length === 0) return `${name}: ${JSON.stringify(value)}`;
  const inner = indent + style.unit;
  const comma = style.hasComma ? "," : "";
  const { newline } = style;
  return `${name}: {${newline}${inner}${sourceOf(rest, value, style, inner)}${comma}${newline}${indent}}`;
}

function styleOf(text: string): Pick<Style, "newline" | "unit"> {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return { newline, unit: /^(?:\t| {2,8})(?=\S)/m.exec(text)?.[0] ?? "  " };
}

const PLAIN = /^[A-Za-z_$][\w$]*$/;
const isBare = (name: string) => !/^["']/.test(name);

/** The white space before `at`; null when something else stands before it on its line. */
function indentBefore(text: string, at: number): string | null {
  const from = lineStart(text, at);
  const before = text.slice(from, at);
  return from > 0 && before.trim() === "" ? before : null;
}

const lineStart = (text: string, at: number) =>
  Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;

const REST = /(?:[^\S\n\r\u2028\u2029]|\/\*.*?\*\/)*(?:\/\/[^\n\r\u2028\u2029]*)?/sy;

/** The end of the comments that follow on the same line; `at`, when there is none. */
function lineRest(text: string, at: number): number {
  REST.lastIndex = at;
  REST.test(text);
  const to = REST.lastIndex;
  return text.slice(at, to).trim() === "" ? at : at + text.slice(at, to).trimEnd().length;
}
