import { createEffect, createMemo, createSignal, on } from "solid-js";
import type { LogRing, LogSource } from "./log-ring.ts";
import { parseLogText } from "./log-text.ts";
import { nearestTo } from "./match-places.ts";
import { createMatcher, type Matcher } from "./matcher.ts";

interface Options {
  regex: boolean;
  matchCase: boolean;
}

/**
 * The entries that match the query. Searches new ones as they arrive; all of them only when the
 * query changes.
 */
export function createLogSearch(
  source: LogSource,
  /** Searches again when other lines replace these. */
  choice: () => unknown = () => undefined,
  options: () => Options = () => ({ regex: false, matchCase: false }),
) {
  const [query, setQuery] = createSignal("");
  const matcher = createMemo(() => createMatcher(query(), options()));
  const [matches, setMatches] = createSignal<readonly number[]>([]);
  const [current, setCurrent] = createSignal<number>();
  let searched = 0;
  let oldest = 0;

  createEffect(
    on([matcher, choice], ([wanted]) => {
      searched = source.ring.next;
      oldest = source.ring.first;
      setMatches(wanted ? find(source.ring, wanted, oldest, searched) : []);
      setCurrent(matches().at(-1));
    }),
  );
  createEffect(
    on(
      source.version,
      () => {
        const wanted = matcher();
        if (!wanted) return;
        const { ring } = source;
        const older = find(ring, wanted, ring.first, oldest);
        const found = find(ring, wanted, Math.max(searched, ring.first), ring.next);
        searched = ring.next;
        oldest = ring.first;
        setMatches((known) => {
          const kept = known.findIndex((number) => number >= ring.first);
          if (found.length === 0 && older.length === 0 && kept === 0) return known;
          return [...older, ...(kept < 0 ? [] : known.slice(kept)), ...found];
        });
      },
      { defer: true },
    ),
  );

  const position = createMemo(() => {
    const number = current();
    return number === undefined ? -1 : matches().indexOf(number);
  });
  /** Goes to the next or previous match, and wraps around. */
  const step = (by: 1 | -1): number | undefined => {
    const all = matches();
    if (all.length === 0) return undefined;
    const from = position();
    const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : (from + by + all.length) % all.length;
    setCurrent(all[next]);
    return all[next];
  };
  /** Goes to the match nearest to this place. */
  const goNear = (number: number): number | undefined => {
    const nearest = nearestTo(matches(), number);
    if (nearest !== undefined) setCurrent(nearest);
    return nearest;
  };
  /** The query is no valid regular expression. */
  const invalid = () => query() !== "" && matcher() === null;
  return { query, setQuery, matcher, invalid, matches, current, position, step, goNear };
}

export type LogSearch = ReturnType<typeof createLogSearch>;

function find(ring: LogRing, wanted: Matcher, from: number, to: number): number[] {
  const found: number[] = [];
  for (let number = from; number < to; number += 1) {
    const entry = ring.get(number);
    if (entry?.kind !== "line" || (wanted.literal && !wanted.test(entry.text))) continue;
    // Hidden text, such as the gateway's own timestamp, cannot be marked.
    const { message, fields } = parseLogText(entry.text);
    if (wanted.test(fields ? entry.text : message)) found.push(number);
  }
  return found;
}
