import { createEffect, createMemo, createSignal, on } from "solid-js";
import type { LogRing, LogSource } from "./log-ring.ts";
import { parseLogText } from "./log-text.ts";

/**
 * Which entries hold the query. New ones are looked through as they come, all of them only when
 * the query changes.
 */
export function createLogSearch(source: LogSource) {
  const [query, setQuery] = createSignal("");
  const [matches, setMatches] = createSignal<readonly number[]>([]);
  const [current, setCurrent] = createSignal<number>();
  let searched = 0;

  createEffect(
    on(query, (text) => {
      searched = source.ring.next;
      setMatches(text === "" ? [] : find(source.ring, text, source.ring.first));
      setCurrent(matches().at(-1));
    }),
  );
  createEffect(
    on(
      source.version,
      () => {
        if (query() === "") return;
        const { ring } = source;
        const found = find(ring, query(), Math.max(searched, ring.first));
        searched = ring.next;
        setMatches((known) => {
          const kept = known.findIndex((number) => number >= ring.first);
          if (found.length === 0 && kept === 0) return known;
          return [...(kept < 0 ? [] : known.slice(kept)), ...found];
        });
      },
      { defer: true },
    ),
  );

  const position = createMemo(() => {
    const number = current();
    return number === undefined ? -1 : matches().indexOf(number);
  });
  /** Goes to the next match, or the one before; past an end it goes on at the other. */
  const step = (by: 1 | -1): number | undefined => {
    const all = matches();
    if (all.length === 0) return undefined;
    const from = position();
    const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : (from + by + all.length) % all.length;
    setCurrent(all[next]);
    return all[next];
  };
  return { query, setQuery, matches, current, position, step };
}

export type LogSearch = ReturnType<typeof createLogSearch>;

function find(ring: LogRing, query: string, from: number): number[] {
  const needle = query.toLowerCase();
  const found: number[] = [];
  for (let number = from; number < ring.next; number += 1) {
    const entry = ring.get(number);
    if (entry?.kind !== "line" || !entry.text.toLowerCase().includes(needle)) continue;
    // What is not shown, such as the gateway's own stamp, cannot be marked.
    if (parseLogText(entry.text).message.toLowerCase().includes(needle)) found.push(number);
  }
  return found;
}
