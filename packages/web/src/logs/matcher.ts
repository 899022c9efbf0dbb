/** Finds the matches of a query in a text. */
export interface Matcher {
  /**
   * A plain query that misses a text misses all its parts; a regular expression may depend on
   * context.
   */
  literal: boolean;
  test(text: string): boolean;
  /** `text` split at its matches; every other piece is a match. */
  split(text: string): string[];
}

interface Options {
  regex: boolean;
  matchCase: boolean;
}

/** Null for an empty query or an invalid regular expression. */
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
