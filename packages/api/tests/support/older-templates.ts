import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const TEMPLATES = path.join(import.meta.dirname, "../../../../templates");

/** Writes another release's templates to `folder`: its containers have other hashes. */
export async function olderTemplates(folder: string): Promise<string> {
  const file = path.join(folder, "docker-compose.template.yml");
  await cp(TEMPLATES, folder, { recursive: true });
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("pids_limit: 512", "pids_limit: 500"));
  return folder;
}
