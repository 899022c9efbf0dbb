import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const FILE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Violations that axe finds on the current page, one line per element. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script, which the page's content security policy forbids.
  await page.evaluate(await readFile(FILE, "utf8"));
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}\n  ${html}\n  ${any[0]?.message ?? ""}`),
  );
}
