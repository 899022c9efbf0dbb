import type { ConfigCheck, ConfigChecks, ConfigIssue } from "@claw/core/config-views";
import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { checkConfig } from "@claw/core/openclaw-config";
import { type Asker, type KeyedSchema, MOST_SHOWN } from "../../checker/config-checker.ts";
import type { AppContext } from "../../context.ts";
import { lastHealthyText } from "./config-versions.ts";
import { findInstance } from "./find-instance.ts";
import { imageIdOf } from "./image-id-of.ts";

/** While somebody types, unless another asker is given. */
const MARK: Asker = { by: null, isSave: false };

interface Checked {
  issues: readonly ConfigIssue[];
  /** Why a text with issues is not saved, in a sentence. */
  refusal: string;
  /** Why only its syntax was checked; null when that is not so. */
  unchecked: string | null;
  /** Issues that the file has already are no reason to refuse a text. */
  isExcusable: boolean;
}

/**
 * Gets the schema of the instance's image ready for checks, which takes half a minute for one that
 * is new, and tells what keeps the panel from checking more than the syntax.
 */
export async function prepareChecks(
  ctx: AppContext,
  id: InstanceId,
  asker: Asker = MARK,
): Promise<ConfigChecks> {
  const spec = await findInstance(ctx, id);
  let schema: string | null = null;
  try {
    const keyed = await schemaFor(ctx, spec);
    schema = keyed.key;
    await ctx.runtime.checker.check(keyed, "{}", asker);
    return { hindrance: null, schema };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { hindrance: { reason: error.reason, message: error.message }, schema };
  }
}

/** Lists the issues of a text; saves nothing. */
export async function validateConfig(
  ctx: AppContext,
  { id, text }: { id: InstanceId; text: string },
  asker: Asker = MARK,
): Promise<ConfigCheck> {
  const { issues } = await checkText(ctx, id, text, asker);
  return { valid: issues.length === 0, issues: issues.slice(0, MOST_SHOWN) };
}

/** Why a text may be saved. */
interface Valid {
  /** By the image's schema. */
  isChecked: boolean;
  /** What the user should know about the check, in a sentence; null: nothing. */
  note: string | null;
}

/**
 * Throws CONFIG_INVALID with all issues, unless the file has the same already, or the version with
 * which the instance was healthy last: OpenClaw accepts some keys of older versions that its schema
 * does not know, and what it does not accept is seen once the text is saved.
 */
export async function requireValid(
  ctx: AppContext,
  id: InstanceId,
  text: string,
  by: string | null = null,
): Promise<Valid> {
  const asker = { by, isSave: true };
  const { issues, refusal, unchecked, isExcusable } = await checkText(ctx, id, text, asker);
  if (unchecked !== null)
    return { isChecked: false, note: `Only its syntax was checked: ${unchecked}` };
  const [first] = issues;
  if (!first) return { isChecked: true, note: null };
  const added = isExcusable ? await inexcusable(ctx, id, issues, asker) : issues;
  if (added.length > 0)
    throw new DomainError("CONFIG_INVALID", refusal, { issues: shownOf(issues, added) });
  const note = `As before, its schema does not know this: line ${first.line}: ${sayingOf(first)}.`;
  return { isChecked: true, note };
}

/** The issues that the file does not have; none when the last healthy version has them all. */
async function inexcusable(
  ctx: AppContext,
  id: InstanceId,
  issues: readonly ConfigIssue[],
  asker: Asker,
): Promise<readonly ConfigIssue[]> {
  const addedIn = async (text: string) =>
    addedTo((await checkText(ctx, id, text, asker)).issues, issues);
  const added = await addedIn((await ctx.disk.storage.readConfig(id)) ?? "{}");
  if (added.length === 0) return [];
  const healthy = await lastHealthyText(ctx, id);
  return healthy !== null && (await addedIn(healthy)).length === 0 ? [] : added;
}

/** Those of `issues` of which `had` has fewer of the kind. */
export function addedTo(
  had: readonly ConfigIssue[],
  issues: readonly ConfigIssue[],
): ConfigIssue[] {
  const left = Map.groupBy(had, kindOf);
  return issues.filter((issue) => left.get(kindOf(issue))?.pop() === undefined);
}

/** As many as are shown, in their order; those that were added come first into the number. */
export function shownOf(
  issues: readonly ConfigIssue[],
  added: readonly ConfigIssue[],
): ConfigIssue[] {
  const shown = new Set([...new Set([...added, ...issues])].slice(0, MOST_SHOWN));
  return issues.filter((issue) => shown.has(issue));
}

/** The same for every item of a list: those behind one that goes move up. */
const kindOf = ({ path, message }: ConfigIssue) =>
  `${path.replaceAll(/(?<=^|\.)\d+(?=\.|$)/g, "*")}: ${message}`;

/** What an issue says wherever it lies. */
export const sayingOf = ({ path, message }: ConfigIssue) =>
  path === "" ? message : `${path}: ${message}`;

/**
 * Checks a configuration: its syntax, then whether the instance's OpenClaw knows its keys and
 * values. What keeps its schema from being had is no reason to refuse a text; a text that cannot be
 * checked by it is one. Throws INSTANCE_NOT_FOUND and CONFIG_TOO_LARGE.
 */
async function checkText(
  ctx: AppContext,
  id: InstanceId,
  text: string,
  asker: Asker,
): Promise<Checked> {
  const spec = await findInstance(ctx, id);
  const wrong = syntaxOf(text);
  if (wrong) return wrong;
  try {
    const issues = await ctx.runtime.checker.check(await schemaFor(ctx, spec), text, asker);
    return { issues, refusal: refusalOf(issues), unchecked: null, isExcusable: true };
  } catch (error) {
    if (!(error instanceof DomainError) || asker.signal?.aborted) throw error;
    if (error.reason === "CONFIG_INVALID") return refusedBy(error, "schema");
    return { issues: [], refusal: "", unchecked: error.message, isExcusable: false };
  }
}

/** Null for valid JSON5. */
function syntaxOf(text: string): Checked | null {
  try {
    checkConfig(text);
    return null;
  } catch (error) {
    if (!hasReason(error, "CONFIG_INVALID")) throw error;
    return refusedBy(error, "syntax");
  }
}

function refusedBy({ message, issues = [] }: DomainError, source: ConfigIssue["source"]): Checked {
  const found = issues.map((issue) => ({ ...issue, source }));
  return { issues: found, refusal: message, unchecked: null, isExcusable: false };
}

export function refusalOf(issues: readonly ConfigIssue[]): string {
  const [first] = issues;
  if (!first) return "";
  const { line, column } = first;
  const what = sayingOf(first);
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `OpenClaw would not start with this configuration: line ${line}, column ${column}: ${what}${more}. Correct it and save again; nothing was changed.`;
}

/** The schema of the instance's image. Rejects as `ImageSchemas`, and with IMAGE_MISSING. */
export async function schemaFor(ctx: AppContext, spec: InstanceSpec): Promise<KeyedSchema> {
  return ctx.runtime.schemas.of(await imageIdOf(ctx, spec));
}
