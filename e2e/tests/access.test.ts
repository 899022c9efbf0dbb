import { createClawClient } from "@claw/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { useBrowser, VIEWS, type Visitor } from "../support/browser.ts";
import { uniqueId } from "../support/docker.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { oneTimeCode } from "../support/one-time-code.ts";
import { Panel } from "../support/panel.ts";
import { MEMBER, settlePeople } from "../support/people.ts";
import { gone, see } from "../support/see.ts";
import { ADMIN, type Person } from "../support/session.ts";

const browser = useBrowser();

async function logIn({ page, t }: Visitor, { username, password }: Person): Promise<void> {
  await page.getByLabel(t("username"), { exact: true }).fill(username);
  await page.getByLabel(t("password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("signIn"), exact: true }).click();
}

async function choosePassword({ page, t }: Visitor, password: string): Promise<void> {
  await page.getByLabel(t("newPassword"), { exact: true }).fill(password);
  await page.getByLabel(t("repeatPassword"), { exact: true }).fill(password);
}

async function fromUserMenu(
  { page, t }: Visitor,
  name: string,
  entry: Parameters<Visitor["t"]>[0],
) {
  await page.getByRole("button", { name: t("menuOf", { name }), exact: true }).click();
  await page.getByRole("menuitem", { name: t(entry), exact: true }).click();
}

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("the first start: the code from the terminal makes the first administrator", async () => {
    const panel = await forThisTest(Panel.start({ bare: true }));
    const [, code = ""] = await panel.child.printed(/^Set-up code: (\S+)$/m);
    const anonymous = createClawClient({ url: panel.url });
    await expect(anonymous.instances.list.query()).rejects.toMatchObject({
      data: { reason: "SETUP_REQUIRED" },
    });
    const visitor = await browser.visit(`${panel.url}/setup#code=${code}`, view, null);
    visitor.allowErrors(/401 \(Unauthorized\)|403 \(Forbidden\)/);
    const { page, t } = visitor;
    await see(page.getByRole("heading", { name: t("setUp") }));
    expect(await page.getByLabel(t("setupCode"), { exact: true }).inputValue()).toBe(code);
    expect(page.url()).toBe(`${panel.url}/setup`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await choosePassword(visitor, ADMIN.password);
    await page.getByRole("button", { name: t("makeAdministrator") }).click();
    await see(page.getByRole("heading", { level: 1, name: t("dashboard") }));
    await fromUserMenu(visitor, "admin", "signOut");
    await see(page.getByRole("heading", { level: 1, name: t("signIn") }));
  });
});

describe.each(VIEWS)("with users: $language $width $theme", (view) => {
  let panel: Panel;
  beforeAll(async () => {
    panel = await Panel.start({ rig: { startDelayMs: 50, heartbeatMs: 3_600_000 } });
    await panel.create({ id: "zhangsan", name: "张三" });
    await panel.create({ id: "anna", name: "Anna Berg", start: false });
    await settlePeople(panel);
  });
  afterAll(() => panel?.[Symbol.asyncDispose]());

  test("who signs in is where they wanted to go; a member sees what is theirs, and no more", async () => {
    const visitor = await browser.visit(`${panel.url}/users`, view, null);
    visitor.allowErrors(/40[13] \(/);
    const { page, t } = visitor;
    await logIn(visitor, { username: MEMBER.username, password: "a guess of somebody" });
    await see(page.getByText(t("credentialsWrong")));
    await logIn(visitor, MEMBER);
    await see(page.getByRole("heading", { level: 1, name: t("forbidden") }));
    await see(page.getByText(t("askAdministrator")));
    await page.goto(panel.url);
    await see(page.getByRole("button", { name: t("openNamed", { name: "张三" }) }));
    expect(await page.getByText("Anna Berg").count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${panel.url}/instances/anna`);
    await see(page.getByText(t("instanceGone")));
  });

  test("an administrator makes a user, whose link sets a password and works once", async () => {
    const username = uniqueId("wang");
    const visitor = await browser.visit(`${panel.url}/users`, view);
    visitor.allowErrors(/40[14] \(/);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("createUser") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("username"), { exact: true }).fill(username);
    await dialog.getByLabel(t("displayName"), { exact: true }).fill(`Wang ${username}`);
    await dialog.getByRole("button", { name: t("create"), exact: true }).click();
    const link = await dialog.getByLabel(t("oneTimeLink"), { exact: true }).inputValue();
    await dialog.getByRole("button", { name: t("done"), exact: true }).click();
    await gone(dialog);

    const person = { username, password: "five lamps behind a door" };
    const guest = await browser.visit(link, view, null);
    guest.allowErrors(/40[14] \(/);
    await see(
      guest.page.getByRole("heading", { name: t("welcome", { name: `Wang ${username}` }) }),
    );
    await choosePassword(guest, person.password);
    await guest.page.getByRole("button", { name: t("setPasswordAndSignIn") }).click();
    await see(guest.page.getByRole("heading", { level: 1, name: t("myInstances") }));

    await page.reload();
    await page.getByRole("button", { name: t("moreNamed", { name: `Wang ${username}` }) }).click();
    await page.getByRole("menuitem", { name: t("disable"), exact: true }).click();
    await see(page.getByRole("row", { name: new RegExp(username) }).getByText(t("disabled")));
    await see(guest.page.getByText(t("signedOut")));
  });

  test("one's own account: second factor, tokens, a session ended elsewhere", async () => {
    const person = { username: uniqueId("mei"), password: "six clocks on a roof" };
    await panel.client.users.create.mutate({
      ...person,
      displayName: person.username,
      role: "operator",
    });
    const visitor = await browser.visit(`${panel.url}/account`, view, person);
    visitor.allowErrors(/401 \(/);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("turnOnTotp") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("currentPassword")).fill(person.password);
    await dialog.getByRole("button", { name: t("goOn") }).click();
    const secret = (await dialog.locator("code").textContent()) ?? "";
    await dialog.getByLabel(t("sixDigits")).fill(oneTimeCode(secret));
    await dialog.getByRole("button", { name: t("turnOn"), exact: true }).click();
    const kept = dialog.getByRole("list", { name: t("recoveryCodes") });
    await see(kept);
    const codes = await kept.getByRole("listitem").allTextContents();
    expect(codes).toHaveLength(10);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("keptThem") }).click();
    await see(page.getByText(t("totpOn"), { exact: true }));

    await page.getByRole("button", { name: t("createToken") }).click();
    await dialog.getByLabel(t("tokenName")).fill("script");
    const make = dialog.getByRole("button", { name: t("create"), exact: true });
    expect(await make.isDisabled()).toBe(true);
    await dialog.getByLabel(t("currentPassword")).fill("a guess of somebody");
    await make.click();
    await see(dialog.getByText(t("notYourPassword")));
    await dialog.getByLabel(t("currentPassword")).fill(person.password);
    await make.click();
    const token = await dialog.getByLabel(t("token"), { exact: true }).inputValue();
    await dialog.getByRole("button", { name: t("done"), exact: true }).click();
    const program = createClawClient({ url: panel.url, token });
    expect(await program.instances.list.query()).toHaveLength(2);
    await expect(program.instances.start.mutate({ id: "anna" })).rejects.toMatchObject({
      data: { reason: "FORBIDDEN" },
    });
    await page.getByRole("button", { name: t("deleteToken", { name: "script" }) }).click();
    await gone(page.getByText("script", { exact: true }));
    await expect(program.instances.list.query()).rejects.toMatchObject({
      data: { reason: "UNAUTHENTICATED" },
    });

    const elsewhere = await browser.visit(`${panel.url}/instances`, view, null);
    elsewhere.allowErrors(/401 \(/);
    await logIn(elsewhere, person);
    await elsewhere.page.getByLabel(t("code"), { exact: true }).fill(codes[0] ?? "");
    await elsewhere.page.getByRole("button", { name: t("signIn"), exact: true }).click();
    await see(elsewhere.page.getByRole("heading", { level: 1, name: t("instances") }));
    await page.reload();
    await see(page.getByText(t("noTokens")));
    await page
      .getByRole("button", { name: t("endSession") })
      .first()
      .click();
    await see(elsewhere.page.getByText(t("signedOut")));
    expect(new URL(elsewhere.page.url()).pathname).toBe("/instances");
    expect(await elsewhere.page.evaluate(() => localStorage.getItem("claw.session"))).toBeNull();
  });

  test("the audit trail tells it, is filtered, and is downloaded", async () => {
    const { page, t } = await browser.visit(`${panel.url}/audit`, view);
    await see(page.getByRole("row").nth(3));
    await page.getByLabel(t("username"), { exact: true }).fill("nobody at all");
    await see(page.getByText(t("nothingMatches")));
    await page.getByLabel(t("username"), { exact: true }).fill(ADMIN.username);
    await see(page.getByRole("row").nth(3));
    expect(await accessibilityProblems(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: t("downloadCsv") }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^claw-audit-.*\.csv$/);
  });
});
