import { hasReason } from "../errors.ts";
import { isObject } from "../is-object.ts";
import { parseJson5Object } from "../json5-edit.ts";
import { withMember } from "../json5-insert.ts";
import { isSameButLayout } from "../json5-layout.ts";
import { withoutEmptyObject, withoutValue } from "../json5-remove.ts";
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
 * `text` with the value of a field, or without it: null, undefined and an empty text remove it, as
 * `withoutPlace` does. Everything else, comments too, stays byte for byte. Throws CONFIG_INVALID.
 */
export function withFieldValue(
  text: string,
  field: FormField,
  value: unknown,
  stored: string = text,
): string {
  const config = parseJson5Object(text);
  const place = placeOf(field, config);
  if (value === null || value === undefined || value === "")
    return valueAt(config, place) === undefined ? text : withoutPlace(text, place, stored);
  return valueAt(config, place) === value ? text : withMember(text, place, value);
}

/**
 * `text` without the value at `place`, and without the objects around it that this leaves empty and
 * that `stored`, the text of the file, does not have: OpenClaw takes an empty channel for one that is
 * switched on. Where only layout would differ from `stored` then, it is `stored`.
 */
export function withoutPlace(text: string, place: readonly string[], stored: string): string {
  const file = parsedOrNull(stored);
  let left = withoutValue(text, place);
  for (let depth = place.length - 1; depth > 0; depth--) {
    const around = place.slice(0, depth);
    if (valueAt(file, around) !== undefined) break;
    left = withoutEmptyObject(left, around);
  }
  return file !== null && isSameButLayout(left, stored) ? stored : left;
}

/** Null for a file that OpenClaw cannot read either. */
function parsedOrNull(text: string): Config | null {
  try {
    return parseJson5Object(text);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}
