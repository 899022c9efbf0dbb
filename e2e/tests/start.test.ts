import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { Panel } from "../support/panel.ts";
import { PlainProxy } from "../support/plain-proxy.ts";
import { gone, see } from "../support/see.ts";
import { speaker } from "../support/words.ts";

let panel: Panel;
let chromium: Browser;
beforeAll(async () => {
  panel = await Panel.start({ rig: {} });
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await panel?.[Symbol.asyncDispose]();
});

const t = speaker("zh");
const NOT_LOADED = { zh: "页面还没有载入完", en: "The page has not loaded completely" };

test.each([
  ["its first script", /\/assets\/index-.*\.js/],
  ["a part of its first script", /\/assets\/shell-.*\.js/],
])("a page that loses %s says so in both languages, and loads itself once it can", async (_, lost) => {
  const page = await newWindow(chromium, DESKTOP);
  await page.route(lost, (route) => route.abort());
  await page.goto(panel.url);
  await see(page.getByText(NOT_LOADED.zh));
  await see(page.getByText(NOT_LOADED.en));
  await see(page.getByRole("button", { name: "Load again" }));
  // It waits for the lost part: a page that reloads too early does not reload again for long.
  await page.waitForRequest(lost);
  await page.unroute(lost);
  await see(page.getByRole("heading", { name: t("signIn") }));
  await gone(page.getByText(NOT_LOADED.zh));
  await page.context().close();
});

test("the button loads the page again", async () => {
  const page = await newWindow(chromium, DESKTOP);
  // Every script, also the one that would load the page by itself; the sheet of styles, too.
  await page.route(/\.(?:js|css)$/, (route) => route.abort());
  await page.goto(panel.url);
  await see(page.getByText(NOT_LOADED.zh));
  await page.unroute(/\.(?:js|css)$/);
  await page.route(/\/assets\/index-.*\.js/, (route) => route.abort());
  await page.reload();
  await see(page.getByText(NOT_LOADED.zh));
  await page.evaluate(() => sessionStorage.setItem("claw.reloaded-at", String(Date.now())));
  await page.unroute(/\/assets\/index-.*\.js/);
  await page.getByRole("button", { name: "Load again" }).click();
  await see(page.getByRole("heading", { name: t("signIn") }));
  await page.context().close();
});

test("a page that starts as it should never shows it", async () => {
  const page = await newWindow(chromium, DESKTOP);
  await page.goto(panel.url);
  await see(page.getByRole("heading", { name: t("signIn") }));
  expect(await page.locator("#loading").count()).toBe(0);
  await page.context().close();
});

test("behind a proxy that hides the browser's address the page says which both are and what to set", async () => {
  const proxy = await forThisTest(PlainProxy.open(panel.url));
  const page = await newWindow(chromium, DESKTOP);
  await page.goto(proxy.url);
  const why = page.getByRole("alert");
  await expect.poll(() => why.textContent()).toContain("proxy_set_header Host $http_host;");
  const text = await why.textContent();
  for (const value of [proxy.url, panel.url, "CLAW_TRUSTED_PROXIES"]) expect(text).toContain(value);
  await see(why);
  await page.context().close();
});

test("without JavaScript the page is not empty, and says that it needs it", async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(panel.url);
  // Playwright's way to forbid scripts leaves `noscript` as with them: Chromium parses it before.
  expect(await (await fetch(panel.url)).text()).toMatch(
    /<noscript>[\s\S]*This page needs JavaScript/,
  );
  await see(page.getByText(NOT_LOADED.zh));
  await context.close();
});
