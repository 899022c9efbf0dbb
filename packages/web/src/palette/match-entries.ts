import { wordsOf } from "../search/holds-words.ts";
import type { IconName } from "../ui/icon.tsx";

const GROUPS = ["instances", "pages", "actions"] as const;
export type Group = (typeof GROUPS)[number];

export interface Entry {
  key: string;
  group: Group;
  icon: IconName;
  label: string;
  /** Shown dimmed beside the label. */
  hint?: string;
  /** Additional search terms. */
  words?: string;
  /** Shown only for a query: there are several per instance. */
  onSearch?: boolean;
  run: () => void;
}

/** Enough to choose from; typing more narrows the list. */
const MOST = 40;
const MOST_UNASKED = 6;

/** The entries that match every word of `query`, best first, grouped. */
export function matchEntries(entries: readonly Entry[], query: string): Entry[] {
  const words = wordsOf(query);
  if (words.length === 0) return unasked(entries);
  const found = entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
  const groups = [...new Set(found.map(({ entry }) => entry.group))];
  return groups.flatMap((group) =>
    found.filter(({ entry }) => entry.group === group).map(({ entry }) => entry),
  );
}

/** The entries for an empty query. */
function unasked(entries: readonly Entry[]): Entry[] {
  return GROUPS.flatMap((group) => {
    const those = entries.filter((entry) => entry.group === group && !entry.onSearch);
    return group === "instances" ? those.slice(0, MOST_UNASKED) : those;
  });
}

const IN_LABEL = 4;
const WHOLE = 8;
const START = 2;
const INSIDE = 1;

function scoreOf(entry: Entry, words: readonly string[]): number {
  const label = entry.label.toLowerCase();
  const others = `${entry.hint ?? ""} ${entry.words ?? ""}`.toLowerCase();
  let score = 0;
  for (const word of words) {
    const best = Math.max(partScore(label, word) * IN_LABEL, partScore(others, word));
    if (best === 0) return 0;
    score += best;
  }
  // Of equal matches, the shorter one is more likely meant.
  return score + 1 / (1 + label.length);
}

function partScore(text: string, word: string): number {
  if (!text.includes(word)) return 0;
  const parts = text.split(/[\s·:：-]+/);
  if (parts.includes(word)) return WHOLE;
  return parts.some((part) => part.startsWith(word)) ? START : INSIDE;
}
