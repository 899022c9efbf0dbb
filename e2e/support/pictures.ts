import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { ARTIFACTS } from "./places.ts";

/** Numbered pictures of the steps of one test, in a folder of their own that is emptied first. */
export async function openAlbum(
  name: string,
): Promise<(page: Page, step: string) => Promise<void>> {
  const folder = path.join(ARTIFACTS, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let count = 0;
  return async (page, step) => {
    count += 1;
    await page.screenshot({
      path: path.join(folder, `${String(count).padStart(2, "0")}-${step}.png`),
    });
  };
}
