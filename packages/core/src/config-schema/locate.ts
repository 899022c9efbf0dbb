import { isClosing, isOpening, keyOf, skipBlank, tokenEnd, valueEnd } from "../json5-tokens.ts";

/** Keys from the root, the index of an array's item among them. */
export type Path = readonly string[];

/** Offsets in a text. */
export interface Located {
  /** Null for the root and for an array's item. */
  key: number | null;
  value: number;
}

/**
 * Where the values at `paths` lie in `text`, which must be valid JSON5; null for one that is not
 * there. Reads the text once, however many are wanted.
 */
export function locate(text: string, paths: readonly Path[]): (Located | null)[] {
  const root = new Wanted();
  const wanted = paths.map((path) => path.reduce((above, key) => above.child(key), root));
  walk(text, { key: null, value: skipBlank(text, 0) }, root);
  return wanted.map(({ place }) => place);
}

/** A value that is wanted, or lies around one. */
class Wanted {
  readonly children = new Map<string, Wanted>();
  place: Located | null = null;

  child(key: string): Wanted {
    const child = this.children.get(key) ?? new Wanted();
    this.children.set(key, child);
    return child;
  }

  /** Of equal keys the last wins, with all that it has. */
  forget(): void {
    this.place = null;
    for (const child of this.children.values()) child.forget();
  }
}

/** Notes where wanted values lie in the one at `place`; returns its end. */
function walk(text: string, place: Located, wanted: Wanted): number {
  wanted.forget();
  wanted.place = place;
  const from = place.value;
  if (wanted.children.size === 0 || !isOpening(text[from])) return valueEnd(text, from);
  const isNamed = text[from] === "{";
  let next = skipBlank(text, from + 1);
  for (let index = 0; next < text.length && !isClosing(text[next]); index++) {
    const nameEnd = isNamed ? tokenEnd(text, next) : next;
    const name = isNamed ? keyOf(text.slice(next, nameEnd)) : String(index);
    const value = isNamed ? skipBlank(text, skipBlank(text, nameEnd) + 1) : next;
    const child = name === undefined ? undefined : wanted.children.get(name);
    const end = child
      ? walk(text, { key: isNamed ? next : null, value }, child)
      : valueEnd(text, value);
    next = skipBlank(text, end);
    if (text[next] === ",") next = skipBlank(text, next + 1);
  }
  return next + 1;
}
