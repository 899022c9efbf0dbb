import { parseJson5Object } from "@claw/core/json5-edit";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import { format } from "prettier/standalone";

/**
 * The text with regular spaces and line breaks; keeps comments and the quotes of keys. Large, so
 * loaded on the first use.
 */
export async function formatJson5(text: string): Promise<string> {
  const tidy = await format(text, {
    parser: "json5",
    plugins: [babel, estree],
    printWidth: 100,
    quoteProps: "preserve",
    // Text that is valid JSON stays valid JSON.
    trailingComma: isJson(text) ? "none" : "all",
  });
  if (meaning(tidy) !== meaning(text))
    throw new Error("Formatting would have changed what the configuration says.");
  return tidy;
}

const meaning = (text: string) => JSON.stringify(parseJson5Object(text));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
