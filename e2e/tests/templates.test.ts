import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const SCHEMA = {
  type: "object",
  properties: {
    gateway: {},
    agents: {},
    channels: {},
    plugins: {},
    tools: {},
    logging: {},
    update: {},
  },
  additionalProperties: false,
};
const textWith = (line: string) => `{\n  // for {{name}}\n  ${line}\n}\n`;

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, configSchema: SCHEMA } });
  await panel.create({ id: "anna", name: "安娜" });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a template is made of an instance, mended, made the default, used, and deleted", async () => {
    const visitor = await browser.visit(`${panel.url}/system`, view);
    visitor.allowErrors(/400 \(Bad Request\)/);
    const { page, t } = visitor;
    const look = await openAlbum(`templates-${view.language}-${view.width}`);
    const button = (name: Parameters<typeof t>[0]) =>
      page.getByRole("button", { name: t(name), exact: true });

    await page.getByRole("link", { name: t("manageTemplates") }).click();
    await see(page.getByRole("heading", { level: 1, name: t("templates") }));
    await see(page.getByRole("link", { name: t("standardTemplate") }));
    await look(page, "list");
    expect(await accessibilityProblems(page)).toEqual([]);

    await button("newTemplate").click();
    const dialog = page.getByRole("dialog", { name: t("newTemplate") });
    await dialog.getByRole("textbox", { name: t("templateName") }).fill("销售 Sales");
    await dialog.getByRole("button", { name: t("templateFrom") }).click();
    await page.getByRole("option", { name: "安娜" }).click();
    await look(page, "new");
    await dialog.getByRole("button", { name: t("continue") }).click();
    await see(page.getByText(t("templateRemoved")));

    const editor = page.getByRole("textbox", { name: t("templateText", { name: "销售 Sales" }) });
    const paste = async (text: string) => {
      await editor.focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.evaluate((content) => navigator.clipboard.writeText(content), text);
      await page.keyboard.press("ControlOrMeta+v");
    };
    await see(editor);
    await paste(textWith("frobnicate: 1,"));
    await button("createTemplate").click();
    await see(
      page
        .getByRole("list", { name: t("problems") })
        .getByText(t("unknownKey", { key: "frobnicate" })),
    );
    await look(page, "refused");
    expect(await accessibilityProblems(page)).toEqual([]);
    await paste(textWith('tools: { profile: "{{id}}" },'));
    await button("createTemplate").click();
    await see(page.getByText(t("templateSaved", { name: "销售 Sales" })));
    await button("makeDefault").click();
    await see(page.getByText(t("madeDefault", { name: "销售 Sales" })));
    await look(page, "saved");

    const id = `b${view.width}`;
    await panel.create({ id, name: "贝拉" });
    expect(await panel.readConfig(id)).toContain(`  // for 贝拉\n  tools: { profile: "${id}" },`);

    const standard = page.getByRole("link", { name: t("standardTemplate") });
    await standard.click();
    await button("makeDefault").click();
    await see(page.getByText(t("madeDefault", { name: t("standardTemplate") })));
    const sales = page.getByRole("link", { name: "销售 Sales" });
    await sales.click();
    await button("remove").click();
    await button("deleteTemplate").click();
    await see(page.getByText(t("templateDeleted", { name: "销售 Sales" })));
    await gone(sales);
  });
});
