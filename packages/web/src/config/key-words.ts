import { type PlainKey, t } from "../i18n/i18n.ts";

const KINDS = new Map<string, PlainKey>([
  ["string", "issue.word.string"],
  ["number", "issue.word.number"],
  ["integer", "issue.word.integer"],
  ["object", "issue.word.object"],
  ["array", "issue.word.array"],
]);

/** Kinds of values in the user's language. */
export function kindWords(kinds: readonly string[]): string {
  const words = kinds.map((kind) => {
    const key = KINDS.get(kind);
    return key === undefined ? kind : t(key);
  });
  return words.join(" / ");
}

/** A value as JSON; a long one is cut. */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 60;
