import { isObject } from "../is-object.ts";
import { parseJson5Object } from "../json5-edit.ts";
import { withMember } from "../json5-insert.ts";
import { withoutValue } from "../json5-remove.ts";
import { valueAt } from "../openclaw-config.ts";
import type { FormField } from "./describe-forms.ts";

/**
 * What a form shows of a value: its text, or whether a switch is on; of a secret only that it is
 * `set`. `other`: something that no field can hold, which only the text shows.
 */
type FieldValue =
  | { kind: "absent" | "set" | "other" }
  | { kind: "text"; text: string }
  | { kind: "switch"; isOn: boolean };

type Config = Readonly<Record<string, unknown>>;

/** The agent that OpenClaw makes where none is named. */
const FIRST_AGENT = "main";

/** The agents of a configuration, by their ids. */
export function agentsIn(config: Config): string[] {
  const entries = valueAt(config, ["agents", "entries"]);
  const ids = isObject(entries) ? Object.keys(entries) : [];
  return ids.length > 0 ? ids : [FIRST_AGENT];
}

/** The fields of a form of agents, for one of them. */
export function fieldsOfAgent(fields: readonly FormField[], id: string): FormField[] {
  return fields.map((field) => ({
    ...field,
    path: field.path.map((key) => (key === "*" ? id : key)),
  }));
}

/** Where the value of a field stands, or would stand. */
export function placeOf({ path, within }: FormField, config: Config): string[] {
  return within !== null && isObject(valueAt(config, path)) ? [...path, within] : path;
}

export function shownOf(field: FormField, config: Config): FieldValue {
  const value = valueAt(config, placeOf(field, config));
  if (value === undefined || value === "") return { kind: "absent" };
  if (field.kind === "secret") return { kind: "set" };
  if (field.kind === "switch")
    return typeof value === "boolean" ? { kind: "switch", isOn: value } : { kind: "other" };
  return typeof value === "string" ? { kind: "text", text: value } : { kind: "other" };
}

/**
 * `text` with the value of a field, or without it: null, undefined and an empty text remove it.
 * Everything
 * else, comments too, stays byte for byte. Throws CONFIG_INVALID.
 */
export function withFieldValue(text: string, field: FormField, value: unknown): string {
  const config = parseJson5Object(text);
  const place = placeOf(field, config);
  if (value === null || value === undefined || value === "")
    return valueAt(config, place) === undefined ? text : withoutValue(text, place);
  return valueAt(config, place) === value ? text : withMember(text, place, value);
}
