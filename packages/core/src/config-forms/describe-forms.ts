import { z } from "zod";
import { factsAt, type KeyFacts } from "../config-schema/key-facts.ts";
import type { Part } from "../config-schema/schema-parts.ts";
import { REASONS } from "../errors.ts";
import { isSecretPath } from "../secret-paths.ts";
import { FORM_IDS, FORM_PLAN, type FormId, type PlannedChannel } from "./form-plan.ts";
import { channelsWithoutPlugin } from "./lacking-plugins.ts";

const FormField = z.object({
  /** `*` stands for the id of each agent. */
  path: z.array(z.string()),
  kind: z.enum(["text", "secret", "choice", "switch"]),
  isRequired: z.boolean(),
  /** What may be chosen; others may be typed unless it is a choice. */
  choices: z.array(z.string()),
  /** The member that holds the value where the value is an object. */
  within: z.string().nullable(),
  /** The schema's own words. */
  help: z.string().nullable(),
  default: z.string().nullable(),
});
export type FormField = z.output<typeof FormField>;

const ConfigForm = z.object({
  id: z.enum(FORM_IDS),
  /** Its key in `channels`; null for what is no channel. */
  channel: z.string().nullable(),
  fields: z.array(FormField),
  /**
   * Why it is not offered: this OpenClaw does not know its `settings`, or comes without the
   * `plugin` that brings it, named by `plugin`. Null: nothing lacks.
   */
  lacks: z.enum(["settings", "plugin"]).nullable(),
  plugin: z.string().nullable(),
});
export type ConfigForm = z.output<typeof ConfigForm>;

/** The forms of an instance. */
export const ConfigForms = z.object({
  forms: z.array(ConfigForm),
  /** Why there are none; null: there are. */
  hindrance: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
});
export type ConfigForms = z.output<typeof ConfigForms>;

/** The forms of an OpenClaw, from the schema of its configuration. */
export function describeForms(schema: Part): ConfigForm[] {
  const lacking = new Set(channelsWithoutPlugin(schema));
  return FORM_IDS.map((id) => describeForm(schema, lacking, id));
}

function describeForm(schema: Part, lacking: ReadonlySet<PlannedChannel>, id: FormId): ConfigForm {
  const { channel, fields: planned } = FORM_PLAN[id];
  const described = planned.map(({ path, isRequired = false }) => ({
    isRequired,
    field: describeField(schema, path.split("."), isRequired),
  }));
  const fields = described.flatMap(({ field }) => field ?? []);
  const isKnown =
    fields.length > 0 && described.every(({ isRequired, field }) => field || !isRequired);
  const isThere = !channel || !lacking.has(channel);
  return {
    id,
    channel: channel?.key ?? null,
    fields: isKnown ? fields : [],
    lacks: isKnown ? (isThere ? null : "plugin") : "settings",
    plugin: channel?.source ?? null,
  };
}

/** Null for what the schema does not know, or knows as something that no field can hold. */
function describeField(schema: Part, path: string[], isRequired: boolean): FormField | null {
  // The id of an agent; a schema knows any.
  const facts = factsAt(
    schema,
    path.map((key) => (key === "*" ? "main" : key)),
  );
  const kind = facts && kindOf(facts, path);
  if (!kind) return null;
  const within = facts.kinds.includes("object") && kind === "text" ? innerText(schema, path) : null;
  return {
    ...{ path, kind, isRequired, within },
    choices: kind === "choice" ? textsOf(facts) : [],
    help: facts.description,
    default: typeof facts.default === "string" ? facts.default : null,
  };
}

function kindOf(facts: KeyFacts, path: readonly string[]): FormField["kind"] | null {
  if (facts.values.includes(true) && facts.values.includes(false)) return "switch";
  if (textsOf(facts).length > 0) return "choice";
  if (!facts.kinds.includes("string")) return null;
  return isSecretPath(path) ? "secret" : "text";
}

const textsOf = ({ values }: KeyFacts) => values.filter((value) => typeof value === "string");

/** A model is a text, or an object that has it under `primary`. */
function innerText(schema: Part, path: readonly string[]): string | null {
  return factsAt(schema, [...path, "primary"])?.kinds.includes("string") ? "primary" : null;
}
