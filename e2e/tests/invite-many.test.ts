import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
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

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("pasted lines become invitations; the one that fails is tried again; each link works", async () => {
    const [anna, bob, cy] = ["anna", "bob", "cy"].map(uniqueId);
    await panel.create({ id: `${cy}-taken`, name: "Taken", start: false });
    const { page, t, allowErrors } = await browser.visit(`${panel.url}/users`, view);
    await page.getByRole("button", { name: t("inviteMany") }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByLabel(t("inviteManyLines"))
      .fill(`${anna} Anna Berg ${anna}.berg\n${bob}\t李四\n${cy} Cy admin\n${cy}-taken Taken\n`);
    await see(dialog.getByText(t("canBeInvited", { count: "2" })));
    await see(dialog.getByText(t("usernameTaken")));
    await see(dialog.getByText(t("idTaken")));
    expect(await accessibilityProblems(page)).toEqual([]);

    // Bob's call never arrives, as when the network fails.
    await page.route("**/trpc/users.invite*", (route) =>
      route.request().postData()?.includes(`"${bob}"`) ? route.abort() : route.continue(),
    );
    allowErrors(/net::ERR_FAILED/);
    await dialog
      .getByRole("button", { name: t("inviteSkipping", { count: "2", skipped: "2" }) })
      .click();
    await see(dialog.getByText(t("invitedOf", { done: "1", total: "2" })));
    expect((await panel.client.users.list.query()).map(({ username }) => username)).not.toContain(
      bob,
    );
    await page.unroute("**/trpc/users.invite*");
    await dialog.getByRole("button", { name: t("retryFailed", { count: "1" }) }).click();
    await see(dialog.getByText(t("invitedOf", { done: "2", total: "2" })));
    expect(await accessibilityProblems(page)).toEqual([]);

    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: t("downloadCsv") }).click();
    const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
    expect(lines.map((line) => line.split(",").slice(0, 3)).slice(1)).toEqual([
      ["Anna Berg", `${anna}.berg`, anna],
      ["李四", bob, bob],
    ]);
    await dialog.getByRole("button", { name: t("done"), exact: true }).click();
    await gone(dialog);
    await see(page.getByRole("row", { name: new RegExp(`${anna}.berg`) }).getByText(t("invited")));

    const link = lines[1]?.split(",")[3] ?? "";
    expect(link).toMatch(new RegExp(`^${panel.url}/invite#code=[\\w-]{43}$`));
    const guest = await browser.visit(link, view, null);
    await see(guest.page.getByRole("heading", { name: t("welcome", { name: "Anna Berg" }) }));
    await guest.page.getByLabel(t("newPassword"), { exact: true }).fill(PASSWORD);
    await guest.page.getByLabel(t("repeatPassword"), { exact: true }).fill(PASSWORD);
    await guest.page.getByRole("button", { name: t("setPasswordAndSignIn") }).click();
    await see(guest.page.getByRole("button", { name: t("openNamed", { name: "Anna Berg" }) }));
  });

  test("closing asks first while somebody is being invited, and while links would be lost", async () => {
    const [anna, bob] = ["anna", "bob"].map(uniqueId);
    const { page, t } = await browser.visit(`${panel.url}/users`, view);
    await page.getByRole("button", { name: t("inviteMany") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("inviteManyLines")).fill(`${anna} Anna\n${bob} Bob`);
    const answer = Promise.withResolvers<void>();
    await page.route("**/trpc/users.invite*", async (route) => {
      await answer.promise;
      await route.continue();
    });
    await dialog.getByRole("button", { name: t("inviteCount", { count: "2" }) }).click();
    await see(dialog.getByText(t("invitedOf", { done: "0", total: "2" })));
    await page.keyboard.press("Escape");
    await see(dialog.getByText(t("restNotInvited")));
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: t("keepOpen") }).click();
    answer.resolve();
    await see(dialog.getByText(t("invitedOf", { done: "2", total: "2" })));
    await page.keyboard.press("Escape");
    await see(dialog.getByText(t("linksNotSaved", { count: "2" })));
    await dialog.getByRole("button", { name: t("closeAnyway"), exact: true }).click();
    await gone(dialog);
    const people = (await panel.client.users.list.query()).map(({ username }) => username);
    expect(people).toEqual(expect.arrayContaining([anna, bob]));
  });
});
