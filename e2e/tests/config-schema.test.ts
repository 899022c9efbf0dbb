import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { DESKTOP, useBrowser, VIEWS } from "../support/browser.ts";
import { pasteAll } from "../support/editor.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const NAME = "安娜";
/** Strict about the gateway, as OpenClaw's own is about everything. */
const SCHEMA = {
  type: "object",
  properties: {
    gateway: {
      type: "object",
      properties: { mode: {}, bind: {}, port: { type: "integer" }, auth: {}, controlUi: {} },
      additionalProperties: false,
    },
    logging: {
      type: "object",
      properties: {
        level: {
          ...{ title: "Log Level", description: "How much is written.", default: "info" },
          anyOf: [{ const: "info" }, { const: "debug" }],
        },
      },
    },
  },
};
const textWith = (line: string) => `{
  // 注释 stays
  gateway: {
    mode: "local",
    ${line}
    auth: { mode: "token", token: "0123456789abcdef0123456789abcdef" },
  },
}
`;

/** Bytes that came over the wire for each schema that the page has read; 0: it was at hand. */
const SCHEMAS_READ = `performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/schemas/")).map(({ transferSize }) => transferSize)`;

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, configSchema: SCHEMA } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(() => panel.create({ id: "anna", name: NAME }));
afterEach(() => panel.removeAll());

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("what OpenClaw would not start with is marked as it is typed, and refused; mended, it saves", async () => {
    const visitor = await browser.visit(`${panel.url}/instances/anna/config`, view);
    visitor.allowErrors(/400 \(Bad Request\)/);
    const { page, t } = visitor;
    const original = await panel.readConfig("anna");
    await pasteAll(visitor, NAME, textWith("frobnicate: 1,"));
    const problems = page.getByRole("list", { name: t("problems") });
    const problem = problems.getByRole("listitem");
    await see(problem.getByText(t("unknownKey", { key: "frobnicate" })));
    expect(await problem.textContent()).toMatch(/5.*5.*gateway/);
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole("button", { name: t("save") }).click();
    await see(page.getByRole("alert").getByText(t("configRefused")));
    await see(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(original);

    await pasteAll(visitor, NAME, textWith("port: 18789,"));
    await gone(problems);
    await page.keyboard.press("ControlOrMeta+s");
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(textWith("port: 18789,"));
  });

  test("what OpenClaw knows is offered while one types, and explained", async () => {
    const visitor = await browser.visit(`${panel.url}/instances/anna/config`, view);
    const { page, t } = visitor;
    const options = page.getByRole("option");
    // The announcement to screen readers says it with its title.
    const help = page.getByText("How much is written.", { exact: true });
    await pasteAll(visitor, NAME, '{\n  // 注释 stays\n  gateway: { mode: "local" },\n  ');
    await page.keyboard.type("lo");
    await expect
      .poll(async () => {
        await page.keyboard.press("Control+Space");
        return options.allTextContents();
      })
      .toContainEqual(expect.stringContaining("logging"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await options.getByText("logging").click();
    await page.keyboard.type("le");
    await options.getByText("level").click();
    await options.getByText('"debug"').click();
    const line = page.locator(".cm-line").filter({ hasText: "level" });
    expect(await line.textContent()).toBe('  logging: { level: "debug" }');

    await page.getByRole("button", { name: t("keyHelp") }).click();
    await see(help);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await gone(help);
    await line.hover({ position: { x: 120, y: 10 } });
    await see(help);
  });

  test("a key of the panel's that is changed goes back when the text is saved, as was said", async () => {
    const visitor = await browser.visit(`${panel.url}/instances/anna/config`, view);
    const { page, t } = visitor;
    const right = textWith("port: 18789,");
    await pasteAll(visitor, NAME, right.replace("18789", "1"));
    const keys = "gateway.port";
    await see(page.getByText(t("keysGoBack", { keys })));
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: t("save") }).click();
    await see(page.getByText(t("keysAreBack", { keys })));
    await expect.poll(() => panel.readConfig("anna")).toBe(right);
  });
});

test("a browser reads the schema once, and only for the editor", async () => {
  const visitor = await browser.visit(`${panel.url}/instances/anna`, DESKTOP);
  const { page } = visitor;
  const read = () => page.evaluate<number[]>(SCHEMAS_READ);
  await see(page.getByRole("heading", { name: NAME }));
  expect(await read()).toEqual([]);
  await page.goto(`${panel.url}/instances/anna/config`);
  await expect.poll(read).toEqual([expect.toSatisfy((bytes: number) => bytes > 0)]);
  await page.reload();
  await expect.poll(read).toEqual([0]);
});
