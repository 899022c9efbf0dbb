import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DESKTOP, useBrowser, VIEWS } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { speaker } from "../support/words.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("jobs: none at first, then each with how it went", async () => {
    const fresh = await forThisTest(Panel.start({ rig: { startDelayMs: 100 } }));
    const { page, t } = await browser.visit(`${fresh.url}/jobs`, view);
    await see(page.getByText(t("noJobs")));
    await fresh.create({ id: "anna", name: "Anna" });
    await fresh.client.instances.init.mutate({ id: "anna" });
    const job = page.getByRole("listitem").filter({ hasText: t("initialise") });
    await see(job.getByText(t("jobDone")));
    await job.getByRole("button", { name: t("jobLog") }).click();
    await see(page.getByRole("log", { name: t("jobLogOf", { name: t("initialise") }) }));
    await job.getByRole("link", { name: "Anna" }).click();
    await page.waitForURL("**/instances/anna");
  });

  test("system: engine, image, host and preferences", async () => {
    const { page, t } = await browser.visit(`${panel.url}/system`, view);
    for (const title of ["memoryEngine", "image", "host", "preferences"] as const)
      await see(page.getByRole("heading", { level: 2, name: t(title) }));
    await see(page.getByText(panel.home));
    await see(page.getByRole("meter", { name: t("memory") }));
  });

  test("an address without a page says so and leads back", async () => {
    const { page, t } = await browser.visit(`${panel.url}/no/such/page`, view);
    await see(page.getByRole("heading", { name: t("notFound") }));
    await page.getByRole("link", { name: t("backToInstances") }).click();
    await see(page.getByRole("heading", { level: 1, name: t("instances") }));
  });

  test("nothing is wider than the window", async () => {
    await panel.create({
      id: "anna",
      name: "Eine ziemlich lange Bezeichnung für eine Instanz 张三",
    });
    const { page, t } = await browser.visit(`${panel.url}/instances`, view);
    for (const place of ["/instances", "/instances/anna", "/instances/anna/config", "/system"]) {
      await page.goto(`${panel.url}${place}`);
      await see(page.getByRole("heading", { level: 1 }));
      await see(page.getByRole("status").filter({ hasText: t("connected") }));
      const sizes = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.getElementById("main")?.scrollWidth ?? 0,
      ]);
      expect(Math.max(...sizes), place).toBeLessThanOrEqual(view.width);
    }
  });
});

test("the language changes without a reload, and is remembered", async () => {
  const zh = speaker("zh");
  const en = speaker("en");
  const { page } = await browser.visit(`${panel.url}/system`, DESKTOP);
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await page
    .getByRole("banner")
    .getByRole("button", { name: zh("language") })
    .click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await see(page.getByRole("heading", { level: 1, name: en("system") }));
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  expect(await page.locator("html").getAttribute("lang")).toMatch(/^en/);
  await page.reload();
  await see(page.getByRole("heading", { level: 1, name: en("system") }));
});

test("the theme follows the system until one is chosen, and is remembered", async () => {
  const { page, t } = await browser.visit(`${panel.url}/instances`, { ...DESKTOP, theme: "dark" });
  const canvas = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await see(page.getByRole("heading", { level: 1 }));
  const dark = await canvas();
  await page
    .getByRole("banner")
    .getByRole("button", { name: t("theme") })
    .click();
  await page.getByRole("menuitemradio", { name: t("themeLight") }).click();
  await expect.poll(canvas).not.toBe(dark);
  const light = await canvas();
  await page.reload();
  expect(await canvas()).toBe(light);
  await page
    .getByRole("banner")
    .getByRole("button", { name: t("theme") })
    .click();
  await page.getByRole("menuitemradio", { name: t("themeSystem") }).click();
  await expect.poll(canvas).toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(canvas).toBe(light);
});
