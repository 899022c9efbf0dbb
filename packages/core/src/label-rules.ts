import { type NameProblem, nameProblem } from "./name-problem.ts";

/** Longest group or tag, in characters (code points). */
export const LONGEST_LABEL = 40;
export const MOST_TAGS = 20;

/** Why a group or tag is refused, or null. */
export const labelProblem = (text: string): NameProblem | null => nameProblem(text, LONGEST_LABEL);

/** Equal for labels that differ only in case or in the form of their characters. */
const labelKey = (label: string): string => label.normalize("NFKC").toLowerCase();

/** Each label once, in its first spelling and order. */
export function foldLabels(labels: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const label of labels) if (!byKey.has(labelKey(label))) byKey.set(labelKey(label), label);
  return [...byKey.values()];
}
