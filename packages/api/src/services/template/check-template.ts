import type { ConfigIssue } from "@claw/core/config-views";
import { DomainError, hasReason } from "@claw/core/errors";
import { checkTemplate, fillTemplate, type TemplateValues } from "@claw/core/template-variables";
import { offsetsIn, placesIn } from "@claw/core/text-places";
import { MOST_SHOWN } from "../../checker/config-checker.ts";
import type { Uses } from "../../context.ts";

type Checking = Uses<"checker" | "config" | "engine" | "live" | "schemas">;

/** An instance as a template may meet it. */
const EXAMPLE: TemplateValues = {
  id: "anna",
  name: "Anna",
  label: "anna-0123456789",
  timezone: "UTC",
  group: "Sales",
  token: "0".repeat(64),
};

/**
 * Checks a template as the configuration of an instance that is created from it. What keeps the
 * image's schema from being had is no reason to refuse a text; that it cannot be checked is one. Throws
 * CONFIG_INVALID with all issues, at their places in the template, and CONFIG_TOO_LARGE.
 */
export async function requireValidTemplate(ctx: Checking, template: string): Promise<void> {
  checkTemplate(template);
  const filled = fillTemplate(template, EXAMPLE);
  const offsetOf = offsetsIn(filled.text);
  const placeOf = placesIn(template);
  const issues = (await schemaIssues(ctx, filled.text)).map((issue) => ({
    ...issue,
    ...placeOf(filled.toTemplate(offsetOf(issue))),
  }));
  const [first] = issues;
  if (!first) return;
  const what = first.path === "" ? first.message : `${first.path}: ${first.message}`;
  throw new DomainError(
    "CONFIG_INVALID",
    `OpenClaw would not start with a configuration made from this template: line ${first.line}, column ${first.column}: ${what}. Correct it and save again; nothing was changed.`,
    { issues: issues.slice(0, MOST_SHOWN) },
  );
}

async function schemaIssues(ctx: Checking, text: string): Promise<readonly ConfigIssue[]> {
  if (!ctx.runtime.live.board.isReachable()) return [];
  try {
    const image = await ctx.engine.images.find(ctx.config.image);
    if (!image) return [];
    const schema = await ctx.runtime.schemas.of(image.id);
    return await ctx.runtime.checker.check(schema, text, { by: null, isSave: true });
  } catch (error) {
    if (error instanceof DomainError && !hasReason(error, "CONFIG_INVALID")) return [];
    throw error;
  }
}
