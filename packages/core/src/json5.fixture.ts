import fc from "fast-check";

/** Returns a new number from 0 to `below` - 1 at each call. */
export type Draw = (below: number) => number;

/** Seeds all choices made while writing a text: drawing each from fast-check costs too much. */
export const anySeed = fc.noShrink(fc.integer());

/** A linear congruential generator; uses the upper bits. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A token or a blank, and its expected replacement after an edit. */
export interface Piece {
  text: string;
  expected: string;
}

const BLANKS = [
  "",
  "",
  "",
  " ",
  "  ",
  "\t",
  "\n",
  "\r\n",
  "\r",
  "\u00a0",
  "\ufeff",
  "\u2028",
  "\u2029",
  "\u3000",
  "// 注释 \" ' ] } [ { , :\n",
  "// x\r",
  "// x\r\n",
  "// x\u2028",
  "//\n",
  "/**/",
  "/* ] } , : \" ' */",
  "/* * / // **/",
  "/*\r\n*/",
];

/** Letters that every Unicode version has: json5 uses tables of its own. */
const IDENTIFIER = /^[A-Za-z_$\u4e00-\u9fa5][A-Za-z0-9_$\u4e00-\u9fa5]*$/;

const pick = <T>(draw: Draw, ...choices: T[]): T => choices[draw(choices.length)] as T;

export function blank(draw: Draw): Piece {
  const count = draw(4);
  const text = Array.from({ length: count }, () => pick(draw, ...BLANKS)).join("");
  return { text, expected: text };
}

const escaped = (text: string) =>
  [...Array(text.length).keys()]
    .map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`)
    .join("");

/** A random JSON5 notation of a string. */
export function writeText(draw: Draw, text: string): string {
  const single = `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  const continued = `"${JSON.stringify(text).slice(1, -1)}\\${pick(draw, "\n", "\r\n", "\r", "\u2028")}"`;
  return pick(draw, JSON.stringify(text), single, `"${escaped(text)}"`, continued);
}

function writeKey(draw: Draw, key: string): string {
  const plain = IDENTIFIER.test(key) ? [key, key, escaped(key)] : [];
  return pick(draw, ...plain, writeText(draw, key));
}

const token = (text: string): Piece => ({ text, expected: text });

/** A placeholder in a value for pieces from the caller. */
export class Pieces {
  readonly pieces: readonly Piece[];
  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }
}

/** `value` as JSON5 with random blanks, quotes and trailing commas. */
export function writeJson5(draw: Draw, value: unknown): Piece[] {
  if (value instanceof Pieces) return [...value.pieces];
  if (typeof value === "string") return [token(writeText(draw, value))];
  if (value === null || typeof value !== "object") return [token(String(value))];
  const list = Array.isArray(value);
  const members: Piece[][] = list
    ? value.map((item) => writeJson5(draw, item))
    : Object.entries(value).map(([key, member]) => [
        token(writeKey(draw, key)),
        blank(draw),
        token(":"),
        blank(draw),
        ...writeJson5(draw, member),
      ]);
  const inside = members.flatMap((member, i) => {
    const comma = i < members.length - 1 || draw(2) === 0;
    return [blank(draw), ...member, blank(draw), ...(comma ? [token(",")] : [])];
  });
  return [token(list ? "[" : "{"), ...inside, blank(draw), token(list ? "]" : "}")];
}

/** A whole document. */
export const writeDocument = (draw: Draw, value: unknown): Piece[] => [
  blank(draw),
  ...writeJson5(draw, value),
  blank(draw),
];

export const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join("");
export const expectedOf = (pieces: readonly Piece[]) =>
  pieces.map(({ expected }) => expected).join("");

const key = fc.oneof(
  fc.constantFrom(
    "gateway",
    "auth",
    "token",
    "controlUi",
    "allowedOrigins",
    "__proto__",
    "名",
    "a-b",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);

/** Arbitrary objects, with keys that resemble the ones searched for. */
export const anyObject: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  value: unknown;
  object: Record<string, unknown>;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, -1.5, 1e21, Number.POSITIVE_INFINITY),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom("]", "}", "//", "/*", "'", '"', "\\", "http://localhost:18789"),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(key, tie("value")), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
})).object;
