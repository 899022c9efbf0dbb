/** Finds what is searched for in a text. */
export interface Matcher {
  /** A text that does not hold it has no part that does; an expression may look at where it is. */
  literal: boolean;
  test(text: string): boolean;
  /** `text` cut where it is found; every other piece is a match. */
  split(text: string): string[];
}

interface Options {
  regex: boolean;
  matchCase: boolean;
}

/** Null when there is nothing to look for, or when it is no regular expression. */
export function createMatcher(query: string, options: Options): Matcher | null {
  if (query === "") return null;
  let pattern: RegExp;
  try {
    pattern = new RegExp(options.regex ? query : escaped(query), options.matchCase ? "g" : "gi");
  } catch {
    return null;
  }
  const split = (text: string) => {
    const pieces: string[] = [];
    let from = 0;
    for (const { 0: found, index } of text.matchAll(pattern)) {
      // An empty match cannot be marked.
      if (found === "") continue;
      pieces.push(text.slice(from, index), found);
      from = index + found.length;
    }
    return [...pieces, text.slice(from)];
  };
  return { literal: !options.regex, split, test: (text) => split(text).length > 1 };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
