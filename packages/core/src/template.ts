import nunjucks from "nunjucks";
import { DomainError, messageOf } from "./errors.ts";

/** Escaping is for HTML; the templates quote with `| dump`, which writes a JSON string. */
const environment = new nunjucks.Environment(null, {
  autoescape: false,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/** Fills a nunjucks template. Throws TEMPLATE_INVALID with the template's name and the cause. */
export function renderTemplate(name: string, text: string, values: object): string {
  try {
    return environment.renderString(text, values);
  } catch (error) {
    throw new DomainError(
      "TEMPLATE_INVALID",
      `The template ${name} cannot be rendered: ${messageOf(error)}. Correct it, or restore the one that the panel ships.`,
      { cause: error },
    );
  }
}
