import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { DESKTOP, useBrowser, VIEWS } from "../support/browser.ts";
import { uniqueId } from "../support/docker.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50, heartbeatMs: 3_600_000 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

const PASSWORD = "five lamps behind a door";

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("who is invited sets a password in another browser and is at their own instance", async () => {
    const id = uniqueId("mina");
    const { page, t } = await browser.visit(`${panel.url}/users`, view);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: t("invite"), exact: true }).click();
    await dialog.getByLabel(t("displayName"), { exact: true }).fill(id);
    const username = dialog.getByLabel(t("username"), { exact: true });
    await expect.poll(() => username.inputValue()).toBe(id);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("createInvitation") }).click();
    await see(dialog.getByRole("img", { name: t("invitationQr", { name: id }) }));
    expect(await accessibilityProblems(page)).toEqual([]);
    const link = await dialog.getByLabel(t("oneTimeLink"), { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${panel.url}/invite#code=[\\w-]{43}$`));
    await dialog.getByRole("button", { name: t("done"), exact: true }).click();
    await gone(dialog);
    const row = page.getByRole("row", { name: new RegExp(id) });
    await see(row.getByText(t("invited")));

    const guest = await browser.visit(link, view, null);
    await see(guest.page.getByRole("heading", { name: t("welcome", { name: id }) }));
    expect(guest.page.url()).toBe(`${panel.url}/invite`);
    await see(guest.page.getByText(new URL(panel.url).host, { exact: true }));
    const password = guest.page.getByLabel(t("newPassword"), { exact: true });
    await password.fill(PASSWORD);
    await guest.page.getByLabel(t("repeatPassword"), { exact: true }).fill(PASSWORD);
    await guest.page.getByRole("checkbox", { name: t("showPasswords") }).check();
    expect(await password.getAttribute("type")).toBe("text");
    expect(await accessibilityProblems(guest.page)).toEqual([]);
    await guest.page.getByRole("button", { name: t("setPasswordAndSignIn") }).click();
    await see(guest.page.getByRole("heading", { level: 1, name: t("myInstances") }));
    const open = guest.page.getByRole("button", { name: t("openNamed", { name: id }) });
    await expect.poll(() => open.isEnabled()).toBe(true);

    await panel.client.instances.stop.mutate({ id });
    const seen = Promise.withResolvers<void>();
    await guest.page.route("**/trpc/instances.start", async (route) => {
      await seen.promise;
      await route.continue();
    });
    const isElsewhere = ({ origin }: URL) => origin !== panel.url;
    await guest.page.context().route(isElsewhere, (route) => route.fulfill({ body: "Control UI" }));
    const tabs = guest.page.waitForEvent("popup");
    await guest.page.getByRole("button", { name: t("startAndOpen", { name: id }) }).click();
    const tab = await tabs;
    await see(tab.getByRole("heading", { level: 1, name: t("isStarting", { name: id }) }));
    await see(tab.getByText(t("opensItself")));
    await see(tab.getByRole("progressbar"));
    expect(await accessibilityProblems(tab)).toEqual([]);
    seen.resolve();
    await see(tab.getByText("Control UI"));
    await tab.close();

    const late = await browser.visit(link, view, null);
    late.allowErrors(/404 \(Not Found\)/);
    await see(late.page.getByText(t("linkInvalid")));
    await late.page.getByRole("button", { name: t("goToSignIn") }).click();
    await see(late.page.getByRole("heading", { level: 1, name: t("signIn") }));

    await page.reload();
    await see(row.getByText(t("active")));
  });
});

test("an invitation whose page loses a part on its way is not taken for one that is over", async () => {
  const invitation = { username: uniqueId("noor"), displayName: "Noor" };
  const { url } = await panel.client.users.invite.mutate(invitation);
  const { page, t, allowErrors } = await browser.visit("about:blank", DESKTOP, null);
  allowErrors(/ERR_CONNECTION_RESET/, /400 \(Bad Request\) \(.*\/healthz\)/); // the page asks why
  const part = /\/assets\/text-field-.*\.js/;
  await page.route(part, (route) => route.abort("connectionreset"), { times: 1 });
  await page.goto(url);
  await see(page.getByRole("heading", { name: t("welcome", { name: "Noor" }) }), 40_000);
  await see(page.getByLabel(t("newPassword"), { exact: true }));
});
