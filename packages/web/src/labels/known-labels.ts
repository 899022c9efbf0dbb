import { foldLabels } from "@claw/core/label-rules";
import type { Instance } from "../api/client.ts";
import { locale } from "../i18n/i18n.ts";

const sorted = (labels: readonly string[]): string[] =>
  foldLabels(labels).sort(new Intl.Collator(locale(), { numeric: true }).compare);

/** The groups in use, each once. */
export const groupsOf = (instances: readonly Pick<Instance, "group">[]): string[] =>
  sorted(instances.flatMap(({ group }) => group ?? []));

/** The tags in use, each once. */
export const tagsOf = (instances: readonly Pick<Instance, "tags">[]): string[] =>
  sorted(instances.flatMap(({ tags }) => tags));
