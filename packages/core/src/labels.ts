import { z } from "zod";
import { foldLabels, LONGEST_LABEL, labelProblem, MOST_TAGS } from "./label-rules.ts";
import { nameSentences } from "./name-problem.ts";

function label(what: string) {
  const sentences = nameSentences(what, LONGEST_LABEL);
  return z
    .string()
    .superRefine((text, ctx) => {
      const problem = labelProblem(text);
      if (problem) ctx.addIssue({ code: "custom", message: sentences[problem] });
    })
    .trim();
}

/** The group of an instance: 1 to 40 characters of any script, trimmed. */
export const Group = label("The group");

/** Tags, each once without regard to case. */
export const Tags = z
  .array(label("A tag"))
  .max(1_000)
  .transform(foldLabels)
  .refine((tags) => tags.length <= MOST_TAGS, `An instance can have at most ${MOST_TAGS} tags.`);
