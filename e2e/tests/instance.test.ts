import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { useBrowser, VIEWS, type Visitor } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";
import type { Word } from "../support/words.ts";

const NAME = "安娜";
const KEY = "sk-never-shown-again";
const browser = useBrowser();
let panel: Panel;
const PROVIDERS = {
  hasNpm: false,
  bundled: [
    {
      id: "anthropic",
      choices: [{ provider: "anthropic", choiceId: "apiKey", cliFlag: "--anthropic-api-key" }],
      catalog: { anthropic: { models: ["claude-opus-5", "claude-sonnet-5"] } },
    },
  ],
  official: [
    {
      id: "deepseek",
      choices: [
        { provider: "deepseek", choiceId: "deepseek-api-key", cliFlag: "--deepseek-api-key" },
      ],
      endpoints: [{ hosts: ["api.deepseek.com"] }],
    },
  ],
};
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, providers: PROVIDERS } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(() => panel.create({ id: "anna", name: NAME }));
afterEach(() => panel.removeAll());

const address = () => `${panel.url}/instances/anna`;

const button = ({ page, t }: Visitor, word: Word) =>
  page.getByRole("button", { name: t(word), exact: true });

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("the page shows the instance as it is, and its buttons act on it", async () => {
    const { port } = await panel.client.instances.get.query({ id: "anna" });
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await see(page.getByRole("heading", { level: 1, name: NAME }));
    expect(await page.title()).toContain(NAME);
    await see(page.getByText(t("running"), { exact: true }).first());
    await see(page.getByText(String(port), { exact: true }));
    await see(page.getByText(path.join(panel.home, "instances/anna/data")));
    await see(page.getByText(`http://127.0.0.1:${port}/`));

    await button(visitor, "copyLink").click();
    await see(page.getByText(t("linkCopied")));
    const link = (await panel.client.instances.open.mutate({ id: "anna" })).url;
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await button(visitor, "qrCode").click();
    await see(page.getByRole("img", { name: t("qrCodeOf", { name: NAME }) }));
    await button(visitor, "qrCode").click();

    await button(visitor, "stop").click();
    await see(page.getByText(t("stopped"), { exact: true }).first());
    await see(page.getByText(t("accessOff")));
    expect(await button(visitor, "open").isDisabled()).toBe(true);
    await button(visitor, "start").click();
    await see(page.getByText(t("running"), { exact: true }).first());

    for (const tab of ["logs", "config", "danger", "overview"] as const) {
      await page.getByRole("tab", { name: t(tab) }).click();
      await page.waitForURL(tab === "overview" ? "**/instances/anna" : `**/instances/anna/${tab}`);
      await see(page.getByRole("tabpanel", { name: t(tab) }));
    }
    await page.goBack();
    await see(page.getByRole("tabpanel", { name: t("danger") }));
  });

  test("initialising asks for what the chosen provider needs, and shows the job to its end", async () => {
    const known = (await panel.client.jobs.list.query()).length;
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await button(visitor, "initialise").first().click();
    const dialog = page.getByRole("dialog", { name: t("initTitle", { name: NAME }) });
    await dialog.getByRole("button", { name: t("provider") }).click();
    await page.getByRole("option", { name: t("providerCustom") }).click();
    const baseUrl = dialog.getByLabel(t("baseUrl"));
    await baseUrl.fill("example.com");
    await dialog.getByRole("button", { name: t("initialise") }).click();
    await see(dialog.getByText(t("baseUrlWrong")));
    await see(dialog.getByText(t("required")));
    expect(await panel.client.jobs.list.query()).toHaveLength(known);

    await baseUrl.fill("https://api.example.com/v1");
    await dialog.getByLabel(t("modelId")).fill("some-model");
    const key = dialog.getByLabel(t("apiKey"));
    expect(await key.getAttribute("type")).toBe("password");
    await key.fill(KEY);
    await dialog.getByRole("button", { name: t("initialise") }).click();
    await see(dialog.getByText(t("jobDone")).first());
    await see(dialog.getByRole("button", { name: t("open"), exact: true }));
    await dialog.getByRole("button", { name: t("done") }).click();
    await gone(dialog);
    const jobs = await panel.client.jobs.list.query();
    expect(jobs[0]).toMatchObject({ kind: "init", status: "succeeded", instanceId: "anna" });
    expect(JSON.stringify(jobs)).not.toContain(KEY);
  });

  test("initialising offers what the image does, and the way round what it lacks", async () => {
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await button(visitor, "initialise").first().click();
    const dialog = page.getByRole("dialog", { name: t("initTitle", { name: NAME }) });
    const choose = async (name: string | RegExp) => {
      await dialog.getByRole("button", { name: t("provider") }).click();
      await page.getByRole("option", { name }).click();
    };
    await choose("Anthropic");
    expect(await dialog.locator("datalist option").count()).toBe(2);
    expect(await accessibilityProblems(page)).toEqual([]);
    await choose(/^DeepSeek/);
    await see(dialog.getByText(t("pluginMissing", { name: "DeepSeek" })));
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("useAddress") }).click();
    expect(await dialog.getByLabel(t("baseUrl")).inputValue()).toBe("https://api.deepseek.com");
    await gone(dialog.getByText(t("pluginMissing", { name: "DeepSeek" })));
  });

  test("the danger zone deletes with or without the data, and goes back to the list", async () => {
    const folder = path.join(panel.home, "instances/anna");
    const visitor = await browser.visit(`${address()}/danger`, view);
    const { page, t } = visitor;
    const dialog = page.getByRole("dialog", { name: t("deleteTitle", { name: NAME }) });
    await page
      .getByRole("button", { name: t("deleteInstance") })
      .first()
      .click();
    await dialog.getByRole("button", { name: t("deleteInstance"), exact: true }).click();
    await page.waitForURL("**/instances");
    await see(page.getByText(t("noInstances")));
    expect(existsSync(folder)).toBe(true);

    await panel.create({ id: "anna", name: NAME });
    await page.goto(`${address()}/danger`);
    await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
    await dialog.getByLabel(t("typeId", { id: "anna" })).fill("anna");
    await dialog.getByRole("button", { name: t("deleteInstanceAndData") }).click();
    await page.waitForURL("**/instances");
    expect(existsSync(folder)).toBe(false);
  });

  test("an instance that is deleted elsewhere, or never was, is said to be gone", async () => {
    const { page, t, allowErrors } = await browser.visit(address(), view);
    allowErrors(/404 \(Not Found\)/); // what the page asks about it may find it gone
    await see(page.getByRole("heading", { level: 1, name: NAME }));
    await panel.removeAll();
    await see(page.getByText(t("instanceGone")));
    await page.goto(`${panel.url}/instances/nobody`);
    await see(page.getByText(t("instanceGone")));
  });
});

test("an instance that was killed says how it ended, shows its last lines, and starts again", async () => {
  const visitor = await browser.visit(address());
  const { page, t } = visitor;
  await see(page.getByText(t("running"), { exact: true }).first());
  await panel.outside("write", "anna", "stderr", "the last words");
  await panel.outside("killOutside", "anna", 137);
  const reason = page.getByRole("region", { name: t("whatHappened") });
  await see(reason.getByText("137"));
  await see(reason.getByText("the last words", { exact: true }));
  await see(reason.locator("pre").getByText("the last words"));
  await reason.getByRole("button", { name: t("seeLogs") }).click();
  await see(page.getByRole("log").getByText("the last words"));
  await reason.getByRole("button", { name: t("retry") }).click();
  await gone(reason);
  await see(page.getByText(t("running"), { exact: true }).first());
});
