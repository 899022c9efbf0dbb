import { type NameProblem, nameProblem } from "./name-problem.ts";

/** Longest group or tag, in characters (code points). */
export const LONGEST_LABEL = 40;
export const MOST_TAGS = 20;

/** Why a group or tag is refused, or null. */
export const labelProblem = (text: string): NameProblem | null => nameProblem(text, LONGEST_LABEL);

/** Equal for labels that differ only in case or in the form of their characters. */
export const labelKey = (label: string): string => label.normalize("NFKC").toLowerCase();

export const isSameLabel = (one: string, other: string): boolean =>
  labelKey(one) === labelKey(other);

/** Each label once, in its first spelling and order. */
export function foldLabels(labels: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const label of labels) if (!byKey.has(labelKey(label))) byKey.set(labelKey(label), label);
  return [...byKey.values()];
}

/** A change of labels; keeps those that it does not name. */
export interface LabelChange {
  /** Null: no group. */
  group?: string | null;
  addTags?: readonly string[];
  removeTags?: readonly string[];
}

/** The labels of an instance. */
export interface Labels {
  group: string | null;
  tags: string[];
}

/** Labels after a change; adding wins over removing. */
export function changeLabels(
  labels: Readonly<Labels>,
  { group = labels.group, addTags = [], removeTags = [] }: LabelChange,
): Labels {
  const removed = new Set(removeTags.map(labelKey));
  const kept = labels.tags.filter((tag) => !removed.has(labelKey(tag)));
  return { group, tags: foldLabels([...kept, ...addTags]) };
}
