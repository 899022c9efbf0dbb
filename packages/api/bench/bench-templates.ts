import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { COMPOSE_TEMPLATE } from "@claw/core/compose/render";

const SHIPPED = path.join(import.meta.dirname, "../../../templates");

/**
 * Copies the shipped templates into `folder`, with a log that is not rotated away while it is
 * measured and, when one is given, with another command.
 */
export async function writeTemplates(folder: string, command?: readonly string[]): Promise<string> {
  await cp(SHIPPED, folder, { recursive: true });
  const file = path.join(folder, COMPOSE_TEMPLATE);
  let text = await readFile(file, "utf8");
  text = replaced(text, /^(\s+max-size:) .*$/m, "$1 4g");
  if (command) text = replaced(text, /^(\s+command:) \[.*\]$/m, `$1 ${JSON.stringify(command)}`);
  await writeFile(file, text);
  return folder;
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the compose template has no ${pattern}`);
  return text.replace(pattern, by);
}
