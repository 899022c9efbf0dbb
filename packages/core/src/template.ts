import nunjucks from "nunjucks";
import { DomainError, messageOf } from "./errors.ts";

/**
 * Escaping targets HTML; the templates quote with `| dump`, which writes a JSON string. The empty
 * loader list keeps nunjucks from reading includes from `./views`.
 */
const environment = new nunjucks.Environment([], {
  autoescape: false,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/** Renders a nunjucks template. Throws TEMPLATE_INVALID with the template's name and the cause. */
export function renderTemplate(name: string, text: string, values: object): string {
  try {
    return environment.renderString(text, values);
  } catch (error) {
    throw new DomainError(
      "TEMPLATE_INVALID",
      `The template ${name} cannot be rendered: ${reasonOf(error)}. Correct it, or restore the one that the panel ships.`,
      { cause: error },
    );
  }
}

/** The message of nunjucks with its location, on one line and without its unknown path. */
function reasonOf(error: unknown): string {
  return messageOf(error)
    .replace(/\(unknown path\)/g, "")
    .replace(/Template render error:/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
