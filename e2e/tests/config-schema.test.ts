import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { useBrowser, VIEWS } from "../support/browser.ts";
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
});
