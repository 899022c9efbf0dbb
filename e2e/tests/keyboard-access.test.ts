import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { uniqueId } from "../support/docker.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { focused, seeFocus, seeFocusIn, tabTo } from "../support/keyboard.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";
import { ADMIN } from "../support/session.ts";

const browser = useBrowser();

/** Fills the fields of a form that begins with the focus in the first, and sends it. */
async function typeInto(page: Page, fields: readonly (readonly [label: string, text: string])[]) {
  for (const [index, [label, text]] of fields.entries()) {
    if (index === 0) await seeFocus(page, label);
    else await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
}

/** Opens the menu that has the focus and chooses an entry of it. */
async function choose(page: Page, entry: string) {
  await page.keyboard.press("Enter");
  await see(page.getByRole("menuitem", { name: entry, exact: true }));
  await seeFocusIn(page.getByRole("menu"));
  for (let step = 0; (await focused(page)).name !== entry && step < 10; step += 1)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

describe.each(TWO_VIEWS)("without a mouse: $language $width $theme", (view) => {
  let panel: Panel;
  beforeAll(async () => {
    panel = await Panel.start({ rig: {} });
  });
  afterAll(() => panel?.[Symbol.asyncDispose]());

  test("the panel is set up", async () => {
    const bare = await forThisTest(Panel.start({ bare: true }));
    const [, code = ""] = await bare.child.printed(/^Set-up code: (\S+)$/m);
    const visitor = await browser.visit(`${bare.url}/setup`, view, null);
    visitor.allowErrors(/401 \(|403 \(/);
    const { page, t } = visitor;
    await typeInto(page, [
      [t("setupCode"), code],
      [t("newPassword"), ADMIN.password],
      [t("repeatPassword"), ADMIN.password],
    ]);
    await see(page.getByRole("heading", { level: 1, name: t("dashboard") }));
  });

  test("one signs in, and out again", async () => {
    const { page, t } = await browser.visit(`${panel.url}/account`, view, null);
    await typeInto(page, [
      [t("username"), ADMIN.username],
      [t("password"), ADMIN.password],
    ]);
    await see(page.getByRole("heading", { level: 1, name: t("account") }));
    await tabTo(page, t("menuOf", { name: "Admin" }));
    await choose(page, t("signOut"));
    await seeFocus(page, t("username"));
  });

  test("one's own account is managed, and the focus is never lost", async () => {
    const person = { username: uniqueId("mei"), password: "six clocks on a roof" };
    const { username: displayName } = person;
    const newPassword = "seven clocks on a roof";
    await panel.client.users.create.mutate({ ...person, displayName, role: "operator" });
    const { page, t } = await browser.visit(`${panel.url}/account`, view, person);
    await see(page.getByText(t("thisSession")));
    const dialog = page.getByRole("dialog");

    await tabTo(page, t("displayName"));
    await page.keyboard.type("Mei");
    await page.keyboard.press("Enter");
    await see(page.getByRole("button", { name: t("menuOf", { name: "Mei" }) }));
    await tabTo(page, t("currentPassword"));
    await typeInto(page, [
      [t("currentPassword"), person.password],
      [t("newPassword"), newPassword],
      [t("repeatPassword"), newPassword],
    ]);
    await see(page.getByText(t("passwordChanged")));

    await tabTo(page, t("turnOnTotp"));
    await page.keyboard.press("Enter");
    await seeFocus(page, t("currentPassword"));
    await page.keyboard.press("Escape");
    await gone(dialog);
    await seeFocus(page, t("turnOnTotp"));

    await tabTo(page, t("createToken"));
    await page.keyboard.press("Enter");
    await typeInto(page, [
      [t("tokenName"), "script"],
      [t("currentPassword"), newPassword],
    ]);
    await seeFocus(page, t("done"));
    await page.keyboard.press("Enter");
    await gone(dialog);
    await seeFocus(page, t("createToken"));
    await tabTo(page, t("deleteToken", { name: "script" }));
    await page.keyboard.press("Enter");
    await gone(page.getByRole("button", { name: t("deleteToken", { name: "script" }) }));
    await seeFocus(page, t("createToken"));
  });

  test("users are made, invited and deleted", async () => {
    const username = uniqueId("wang");
    const { page, t } = await browser.visit(`${panel.url}/users`, view);
    await see(page.getByText(ADMIN.username, { exact: true }).first());
    const dialog = page.getByRole("dialog");
    await tabTo(page, t("createUser"));
    await page.keyboard.press("Enter");
    await typeInto(page, [
      [t("username"), username],
      [t("displayName"), username],
    ]);
    await see(dialog.getByLabel(t("oneTimeLink"), { exact: true }));
    await seeFocus(page, t("copyTheLink"));
    const link = await dialog.getByLabel(t("oneTimeLink"), { exact: true }).inputValue();
    await page.keyboard.press("Escape");
    await gone(dialog);
    await seeFocus(page, t("createUser"));

    const guest = await browser.visit(link, view, null);
    await typeInto(guest.page, [
      [t("newPassword"), "five lamps behind a door"],
      [t("repeatPassword"), "five lamps behind a door"],
    ]);
    await see(guest.page.getByRole("heading", { level: 1, name: t("myInstances") }));

    await page.bringToFront();
    const menu = t("moreNamed", { name: username });
    await tabTo(page, menu);
    await choose(page, t("newLink"));
    await seeFocusIn(dialog);
    await page.keyboard.press("Escape");
    await gone(dialog);
    await seeFocus(page, menu);
    await choose(page, t("remove"));
    await seeFocusIn(dialog);
    await tabTo(page, t("deleteUser"));
    await page.keyboard.press("Enter");
    await gone(page.getByRole("button", { name: menu }));
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  test("the audit trail is filtered, and downloaded", async () => {
    const { page, t } = await browser.visit(`${panel.url}/audit`, view);
    await see(page.getByRole("row").nth(1));
    await tabTo(page, t("downloadCsv"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.keyboard.press("Enter"),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await tabTo(page, t("username"));
    await page.keyboard.type("nobody");
    await see(page.getByText(t("nothingMatches")));
    await tabTo(page, t("clearFilter"));
    await page.keyboard.press("Enter");
    await see(page.getByRole("row").nth(1));
    await seeFocus(page, t("username"));
  });
});
