import { type NameProblem, nameProblem } from "@claw/core/name-problem";
import { type PlainKey, t } from "../i18n/i18n.ts";

const WORDS = {
  empty: "create.name.wrong",
  long: "create.name.wrong",
  control: "create.name.control",
  turning: "create.name.turning",
} as const satisfies Record<NameProblem, PlainKey>;

/** Why a name is invalid, or undefined. */
export function nameProblemWords(text: string): string | undefined {
  const problem = nameProblem(text);
  return problem === null ? undefined : t(WORDS[problem]);
}
