import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useBrowser, type View } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
/** One instance opens by its token, the others through the panel; they start slowly. */
let mixed: Panel;
beforeAll(async () => {
  const rig = { startDelayMs: 4_000, openclawVersion: "2026.9.6" };
  const former = await Panel.start({ rig, env: { CLAW_INSTANCE_DOMAIN: "none" } });
  await former.create({ id: "zhangsan", name: "张三", start: false });
  mixed = await former.succeededBy({ rig });
  await mixed.create({ id: "lisi", name: "李四" });
  await mixed.create({ id: "wangwu", name: "客服王五" });
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
  await panel.create({ id: "zhangsan", name: "张三" });
  await panel.create({ id: "lisi", name: "李四", start: false });
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await mixed?.[Symbol.asyncDispose]();
});

/**
 * How many of its buttons stand in each row, from top to bottom. Found and measured in one step: a
 * menu's button is replaced when its list has loaded, and a detached one has no place.
 */
async function rowsOf(part: Locator): Promise<number[]> {
  const tops = await part.evaluate((element) =>
    [...element.querySelectorAll("button")].map((one) =>
      Math.round(one.getBoundingClientRect().top),
    ),
  );
  return [...Map.groupBy(tops, (top) => top).values()].map((row) => row.length);
}

describe.each<View>([
  { language: "zh", width: 390, theme: "light" },
  { language: "en", width: 390, theme: "dark" },
])("$language $width", (view) => {
  test("the buttons of a title stand in one row", async () => {
    const { page, t } = await browser.visit(panel.url, view);
    const title = page.getByRole("main").locator("header").first();
    await see(title.getByRole("button", { name: t("open"), exact: true }));
    expect(await rowsOf(title)).toEqual([3]);
    await page.goto(`${panel.url}/instances/zhangsan`);
    await see(title.getByRole("button", { name: t("open"), exact: true }));
    expect(await rowsOf(title)).toEqual([4]);
  });

  test.each([
    { what: "a selection", at: () => panel, rows: [2, 4, 4] },
    { what: "a selection in which some open by a token", at: () => mixed, rows: [2, 3, 3, 3] },
  ])("what can be done with $what stands in even rows", async ({ at, rows }) => {
    const { page, t } = await browser.visit(`${at().url}/instances`, view);
    for (const name of ["张三", "李四"])
      await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
    const bar = page.getByRole("region", { name: t("chosenActions") });
    await see(bar.getByRole("button", { name: t("remove") }));
    expect((await rowsOf(bar)).toSorted()).toEqual(rows);
  });

  test("while a job runs, the bar at the top has the way back and the name of the page", async () => {
    const { page, t } = await browser.visit(`${mixed.url}/instances/wangwu`, view);
    // It lasts until the instance has started again.
    await mixed.client.backups.create.mutate({ instanceIds: ["wangwu"] });
    await see(page.getByRole("banner").getByRole("button", { name: t("runningJobs") }));
    const trail = page.getByRole("navigation", { name: t("trail") });
    const name = trail.getByText("客服王五");
    expect(await name.evaluate((it) => it.scrollWidth <= it.clientWidth), "it is whole").toBe(true);
    await trail.getByRole("link", { name: t("instances"), exact: true }).click();
    await see(page.getByRole("heading", { level: 1, name: t("instances"), exact: true }));
  });
});
