import { DomainError, type Issue } from "./errors.ts";
import type { InstanceSpec } from "./instance.ts";
import { applyEdits, type Edit } from "./json5-edit.ts";
import { checkConfig } from "./openclaw-config.ts";
import { placesIn } from "./text-places.ts";

/** What a template may say of the instance that it is used for. */
export const TEMPLATE_VARIABLES = ["id", "name", "label", "timezone", "group", "token"] as const;
type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

export type TemplateValues = Record<TemplateVariable, string>;

export function valuesOf(spec: InstanceSpec, token: string): TemplateValues {
  const { id, name, label, timezone, group } = spec;
  return { id, name, label, timezone, group: group ?? "", token };
}

/**
 * In valid JSON5, `{{` can only stand in a string or a comment. Behind a backslash it is text, as
 * in OpenClaw's own `\{{MediaPath}}`: to JSON5, that backslash means nothing.
 */
const VARIABLE = /(?<!\\)\{\{[ \t]*([^{}\r\n]*?)[ \t]*\}\}/g;

const isKnown = (name: string): name is TemplateVariable =>
  TEMPLATE_VARIABLES.some((each) => each === name);

/**
 * Checks a template as it stands: its variables lie in strings, so it is JSON5 itself. Throws
 * CONFIG_TOO_LARGE, or CONFIG_INVALID with all issues.
 */
export function checkTemplate(text: string): void {
  checkConfig(text);
  const placeOf = placesIn(text);
  const issues = [...text.matchAll(VARIABLE)].flatMap(({ index, 1: name = "" }): Issue[] =>
    isKnown(name) ? [] : [{ ...placeOf(index), path: "", message: unknown(name) }],
  );
  const [first] = issues;
  if (!first) return;
  throw new DomainError(
    "CONFIG_INVALID",
    `The template uses a variable that the panel does not have: line ${first.line}, column ${first.column}: ${first.message} Correct it and save again; nothing was changed.`,
    { issues },
  );
}

function unknown(name: string): string {
  const known = TEMPLATE_VARIABLES.map((each) => `{{${each}}}`).join(", ");
  return `there is no variable {{${name}}}. Use ${known}, or write \\{{${name}}} for text that OpenClaw itself replaces.`;
}

export interface Filled {
  text: string;
  /** The offset in the template that an offset in `text` comes from. */
  toTemplate: (offset: number) => number;
}

/** A valid template with its variables replaced. */
export function fillTemplate(template: string, values: TemplateValues): Filled {
  const edits = [...template.matchAll(VARIABLE)].flatMap(({ 0: all, 1: name = "", index }) =>
    isKnown(name) ? [{ from: index, to: index + all.length, insert: inString(values[name]) }] : [],
  );
  return { text: applyEdits(template, edits), toTemplate: (offset) => before(edits, offset) };
}

/** `edits` are in the order of the text. */
function before(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { from, to, insert } of edits) {
    const begins = from + shift;
    if (offset < begins) break;
    if (offset < begins + insert.length) return from;
    shift += insert.length - (to - from);
  }
  return offset - shift;
}

/**
 * The source of `value` inside a string with either quote. Nothing in it can end that string, or
 * the comment around it.
 */
function inString(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll("'", "\\'")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll(/(^|\*)\//g, "$1\\/");
}
