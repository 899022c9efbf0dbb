import { z } from "zod";
import { nameProblem, nameSentences } from "./name-problem.ts";
import { TemplateId } from "./template-id.ts";

const NAME_SENTENCES = nameSentences("The name of the template", 64);

const TemplateName = z
  .string()
  .superRefine((text, ctx) => {
    const problem = nameProblem(text);
    if (problem) ctx.addIssue({ code: "custom", message: NAME_SENTENCES[problem] });
  })
  .trim();

/** A template of first configurations, without its text. */
export const TemplateSummary = z.object({
  id: z.string(),
  name: z.string(),
  /** New instances have it unless another one is chosen. Exactly one is. */
  isDefault: z.boolean(),
  /** False for the one that the panel ships. */
  isRemovable: z.boolean(),
  /** ISO-8601 UTC; null for the shipped text. */
  updatedAt: z.string().nullable(),
  /** User name; null for the shipped text. */
  updatedBy: z.string().nullable(),
});
export type TemplateSummary = z.output<typeof TemplateSummary>;

export const ConfigTemplate = TemplateSummary.extend({ text: z.string(), revision: z.string() });
export type ConfigTemplate = z.output<typeof ConfigTemplate>;

export const TemplateChange = z.object({
  /** Omitted: a new template. */
  id: TemplateId.exactOptional(),
  name: TemplateName,
  text: z.string(),
  /** True: makes it the default one. */
  isDefault: z.boolean().exactOptional(),
  /** Revision of the edited text; omitted: replaces any. */
  revision: z.string().max(128).exactOptional(),
});
export type TemplateChange = z.output<typeof TemplateChange>;

/** Text for a template, made from an instance's configuration. */
export const TemplateDraft = z.object({
  text: z.string(),
  /** Paths of the secrets that it lacks, with `*` for each item of a list. */
  removed: z.array(z.string()),
});
export type TemplateDraft = z.output<typeof TemplateDraft>;
