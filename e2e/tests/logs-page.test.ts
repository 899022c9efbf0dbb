import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { lastLine, logOf, numbersIn, readWholeLog, upTo } from "../support/log-view.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const LINES = 700;
const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 3_600_000 } });
  await panel.create({ id: "anna", name: "Anna" });
  await panel.create({ id: "lisi", name: "李四" });
  // One of them writes much more than the other, and before it.
  for (const number of upTo(LINES)) await panel.outside("write", "anna", "stdout", `old ${number}`);
  for (const number of upTo(30)) {
    await panel.outside("write", "anna", "stdout", `anna ${number}`);
    await panel.outside("write", "lisi", "stdout", `lisi ${number}`);
  }
  const json = { level: "warn", subsystem: "cron", message: "it was late", took: { ms: 4217 } };
  await panel.outside("write", "lisi", "stdout", JSON.stringify(json));
  await panel.outside("write", "lisi", "stdout", "INFO all is well");
  await panel.outside("write", "lisi", "stderr", "ERROR it broke");
});
afterAll(() => panel?.[Symbol.asyncDispose]());

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("instances are chosen and stand side by side, each with a search of its own", async () => {
    const visitor = await browser.visit(`${panel.url}/logs`, view);
    const { page, t } = visitor;
    for (const name of ["Anna", "李四"]) {
      await page.getByRole("button", { name: t("addInstance") }).click();
      await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
    }
    const anna = logOf(visitor, "Anna");
    const lisi = logOf(visitor, "李四");
    await see(anna.getByText(/anna 30$/));
    await see(lisi.getByText(/it broke$/));
    expect(new URL(page.url()).searchParams.get("ids")).toBe("anna,lisi");

    const pane = page.getByRole("region", { name: "李四" });
    await pane.getByRole("searchbox", { name: t("searchLog") }).fill("LISI 1\\d");
    await see(pane.getByText(t("noMatchInLog")));
    await pane.getByRole("button", { name: t("regex") }).click();
    await see(pane.getByText("10/10", { exact: true }));
    await pane.getByRole("button", { name: t("matchCase") }).click();
    await see(pane.getByText(t("noMatchInLog")));
    await pane.getByRole("button", { name: t("matchCase") }).click();
    await pane.getByRole("button", { name: t("nextMatch") }).click();
    await see(pane.getByText("1/10", { exact: true }));
    await pane.getByRole("button", { name: t("previousMatch") }).click();
    await see(pane.getByText("10/10", { exact: true }));
    expect(await anna.locator("mark").count()).toBe(0);

    await page.getByRole("button", { name: t("notShowing", { name: "Anna" }) }).click();
    await gone(anna);
    await page.reload();
    await see(lisi.getByText(/it broke$/));
  });

  test("levels choose lines; a line that is JSON opens and shows its fields", async () => {
    const visitor = await browser.visit(`${panel.url}/logs?ids=lisi`, view);
    const { page, t } = visitor;
    const log = logOf(visitor, "李四");
    await see(log.getByText("all is well"));
    await page.getByRole("button", { name: t("level") }).click();
    await page.getByRole("menuitemradio", { name: t("levelWarn") }).click();
    await gone(log.getByText("all is well"));
    await see(log.getByText("it broke"));
    const fold = log.getByRole("button", { name: t("logFields") });
    await fold.click();
    await see(log.getByText('"ms": 4217'));
    expect(await fold.getAttribute("aria-expanded")).toBe("true");
    await fold.click();
    await gone(log.getByText('"ms": 4217'));
    await page.getByRole("button", { name: t("times"), exact: true }).click();
    expect(await log.locator("time").count()).toBe(0);
  });

  test("merged by time, lines of all stand in their order, up to the beginning of each log", async () => {
    const visitor = await browser.visit(`${panel.url}/logs?ids=anna,lisi`, view);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("mergedByTime") }).click();
    const log = page.getByRole("log", { name: t("mergedLogs") });
    await see(log.getByText("it broke"));
    await see(log.getByText("李四").first());

    // Older lines come as one reads on upwards.
    await log.hover();
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, -20_000);
          return log.getByText(t("logBegins")).isVisible();
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    const lines = await readWholeLog(log);
    expect(numbersIn(lines, /old (\d+)$/)).toEqual(upTo(LINES));
    for (const own of [/anna (\d+)$/, /lisi (\d+)$/])
      expect(numbersIn(lines, own)).toEqual(upTo(30));
    const stamps = lines.map((line) => line.slice(0, 12));
    expect(stamps).toEqual(stamps.toSorted());
  });
});

test("the bar beside the log leads to where matches are, and the view lets go of the end", async () => {
  const visitor = await browser.visit(`${panel.url}/instances/anna/logs`);
  const { page, t } = visitor;
  const log = logOf(visitor, "Anna");
  await expect.poll(() => lastLine(log)).toMatch(/anna 30$/);
  await page.getByRole("searchbox", { name: t("searchLog") }).fill("old 70");
  const bar = page.getByRole("button", { name: t("matchBar") });
  await see(page.getByText("2/2", { exact: true }));
  const { height = 0 } = (await bar.boundingBox()) ?? {};
  await bar.click({ position: { x: 5, y: height * 0.1 } });
  await see(log.getByText(/old 70$/));
  await see(page.getByText("1/2", { exact: true }));
  await see(page.getByRole("button", { name: new RegExp(`^${t("follow")}`) }).first());
  await bar.click({ position: { x: 5, y: height * 0.9 } });
  await see(log.getByText(/old 700$/));
});

test("the whole log is downloaded as a text file", async () => {
  const { page, t } = await browser.visit(`${panel.url}/instances/anna/logs`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: t("download") }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^anna-\d{8}-\d{6}\.txt$/);
  const lines = (await readFile(await download.path(), "utf8")).split("\n");
  expect(numbersIn(lines, /old (\d+)$/)).toEqual(upTo(LINES));
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
});
