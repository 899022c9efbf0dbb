import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { useBrowser, VIEWS, type Visitor } from "../support/browser.ts";
import { press, rowOf, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

const NAMES = ["Anna", "Boris", "张三"];

async function shownNames({ page }: Visitor): Promise<string[]> {
  const names = await page.getByRole("rowheader").getByRole("link").allTextContents();
  return names.map((name) => name.trim());
}

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("search, filter and order find an instance, and outlive a reload", async () => {
    await panel.create({ id: "anna", name: "Anna", start: false });
    await panel.create({ id: "boris", name: "Boris" });
    await panel.create({ id: "zhangsan", name: "张三", start: false });
    const { port } = await panel.client.instances.get.query({ id: "zhangsan" });
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    const search = page.getByRole("searchbox", { name: t("search") });
    await expect.poll(() => shownNames(visitor)).toHaveLength(3);

    for (const [typed, expected] of [
      ["BOR", ["Boris"]],
      ["zhangs", ["张三"]],
      [String(port), ["张三"]],
    ] as const) {
      await search.fill(typed);
      await expect.poll(() => shownNames(visitor)).toEqual(expected);
    }
    await search.fill("nobody");
    await see(page.getByText(t("noMatch")));
    await page.getByRole("button", { name: t("clearFilter") }).click();
    await expect.poll(() => shownNames(visitor)).toHaveLength(3);

    await page.getByRole("button", { name: t("sort") }).click();
    await page.getByRole("menuitemradio", { name: t("sortPort") }).click();
    await expect.poll(() => shownNames(visitor)).toEqual(NAMES);
    const running = page.getByRole("button", { name: new RegExp(`^${t("running")}`) });
    await running.click();
    await expect.poll(() => shownNames(visitor)).toEqual(["Boris"]);
    await page.reload();
    await expect.poll(() => shownNames(visitor)).toEqual(["Boris"]);
    expect(await running.getAttribute("aria-pressed")).toBe("true");
  });

  test("a crash loop shows as an error with its reason, and leads to the configuration", async () => {
    await panel.create({ id: "anna", name: "Anna", start: false });
    await panel.editConfig("anna", (text) => `// STUB_INVALID\n${text}`);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    await press(visitor, "startNamed", "Anna");
    await seeStatus(visitor, "Anna", "error");
    await page.getByRole("link", { name: t("crashLoop78") }).click();
    await page.waitForURL("**/instances/anna/config");
    const reason = page.getByRole("region", { name: t("whatHappened") });
    await see(reason.getByText(t("crashLoop78")));

    // Mended, it comes up by itself: the container's restart policy goes on trying.
    await panel.editConfig("anna", (text) => text.replace("// STUB_INVALID\n", ""));
    await see(page.getByText(t("running"), { exact: true }).first());
    await gone(reason);
  });

  test("a start that fails says why, and leaves the instance as it was", async () => {
    const { port } = await panel.create({ id: "anna", name: "Anna", start: false });
    await panel.outside("addForeign", "other", port);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    visitor.allowErrors(/409 \(Conflict\)/);
    const { page, t } = visitor;
    await press(visitor, "startNamed", "Anna");
    const note = page.getByRole("region", { name: t("notifications") });
    await see(note.getByText(t("startFailed", { name: "Anna" })));
    await see(note.getByText(t("portTaken")));
    await panel.outside("removeForeign", "other");
    await press(visitor, "startNamed", "Anna");
    await seeStatus(visitor, "Anna", "running");
  });
});

test("the open button opens the instance in a new tab that cannot reach back", async () => {
  const { url } = await panel.create({ id: "anna", name: "Anna" });
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page } = visitor;
  await page.context().route(`${url}**`, (route) => route.fulfill({ body: "the Control UI" }));
  const tabs = page.waitForEvent("popup");
  await press(visitor, "openNamed", "Anna");
  const tab = await tabs;
  await see(tab.getByText("the Control UI"));
  expect(tab.url()).toBe((await panel.client.instances.open.mutate({ id: "anna" })).url);
  expect(await tab.evaluate(() => window.opener)).toBeNull();
});

test("where the browser blocks new tabs, the page offers the link itself", async () => {
  const { url } = await panel.create({ id: "anna", name: "Anna" });
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  await page.evaluate(() => {
    window.open = () => null;
  });
  await press(visitor, "openNamed", "Anna");
  const note = page.getByRole("region", { name: t("notifications") });
  await see(note.getByText(t("openBlocked")));
  const link = note.getByRole("link", { name: t("open") });
  expect(await link.getAttribute("href")).toContain(`${url}#token=`);
  expect(await link.getAttribute("rel")).toContain("noopener");
});

test("what happens outside the panel is on the page within two seconds", async () => {
  await panel.create({ id: "anna", name: "Anna" });
  const visitor = await browser.visit(`${panel.url}/instances`);
  await seeStatus(visitor, "Anna", "running");
  await panel.outside("killOutside", "anna", 137);
  await rowOf(visitor.page, "Anna")
    .getByText(visitor.t("error"), { exact: true })
    .waitFor({ timeout: 2_000 });
  await press(visitor, "startNamed", "Anna");
  await seeStatus(visitor, "Anna", "running");
});

test("an instance that somebody else made or deleted comes and goes by itself", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  await see(visitor.page.getByText(visitor.t("noInstances")));
  await panel.create({ id: "anna", name: "Anna", start: false });
  await seeStatus(visitor, "Anna", "created");
  await panel.removeAll();
  await gone(rowOf(visitor.page, "Anna"));
});
