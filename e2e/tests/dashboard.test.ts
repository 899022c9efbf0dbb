import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { rowOf } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const IMAGE = "registry.invalid/openclaw:1";
const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

async function makeBroken(): Promise<void> {
  await panel.create({ id: "wangwu", name: "王五", start: false });
  await panel.editConfig("wangwu", (text) => `// STUB_INVALID\n${text}`);
  await panel.client.instances.start.mutate({ id: "wangwu" });
  await panel.until("wangwu", "error");
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("its tiles lead to the lists of those that they count", async () => {
    await panel.create({ id: "anna", name: "Anna" });
    await panel.create({ id: "boris", name: "Boris", start: false });
    await makeBroken();
    const { page, t } = await browser.visit(panel.url, view);
    const tiles = page.getByRole("list", { name: t("totals") });
    const tile = (word: "running" | "created" | "stopped" | "error" | "filterAll", count: number) =>
      tiles.getByRole("link", { name: `${t(word)} ${count}`, exact: true });
    await see(tile("filterAll", 3));
    for (const [word, name] of [
      ["running", "Anna"],
      ["created", "Boris"],
      ["error", "王五"],
    ] as const) {
      await tile(word, 1).click();
      await see(rowOf(page, name));
      await expect.poll(() => page.getByRole("rowheader").count()).toBe(1);
      await page.goBack();
    }
    await see(tile("filterAll", 3));
  });

  test("what needs attention is named with its reason and the buttons that help", async () => {
    await makeBroken();
    const { page, t } = await browser.visit(panel.url, view);
    const attention = page.getByRole("list", { name: t("attention") });
    const broken = attention.getByRole("listitem").filter({ hasText: "王五" });
    await see(broken.getByText(t("crashLoop78")));
    await broken.getByRole("link", { name: t("seeLogs") }).click();
    await page.waitForURL("**/instances/wangwu/logs");
    await page.goBack();
    await broken.getByRole("link", { name: t("editConfig") }).click();
    await page.waitForURL("**/instances/wangwu/config");
    await page.goBack();
    // Only on the press: were the configuration mended before, the loop could end by itself.
    await page.route(/instances\.restart/, async (route) => {
      await panel.editConfig("wangwu", (text) => text.replace("// STUB_INVALID\n", ""));
      await route.continue();
    });
    const restarted = page.waitForResponse((answer) => answer.url().includes("instances.restart"));
    await broken.getByRole("button", { name: t("restart") }).click();
    await gone(broken);
    // Docker must not go away under it.
    await restarted;
    await see(attention.getByText(t("noBackupYet")));

    await panel.outside("setReachable", false);
    const away = attention.getByRole("listitem").filter({ hasText: t("dockerAway") });
    await see(away.getByRole("button", { name: t("checkAgain") }));
    await panel.outside("setReachable", true);
    await gone(away);
  });

  test("quick actions lead to a new instance, to a log and to an instance; the latest jobs are there", async () => {
    const { url } = await panel.create({ id: "anna", name: "Anna" });
    await panel.client.instances.init.mutate({ id: "anna" });
    const { page, t } = await browser.visit(panel.url, view);
    const title = page.getByRole("heading", { name: t("latestJobs") });
    const jobs = page.locator("section").filter({ has: title });
    await see(jobs.getByText(t("initialise")).first());
    await see(jobs.getByText(t("jobDone")).first());
    await jobs.getByRole("link", { name: t("allJobs") }).click();
    await page.waitForURL("**/jobs");
    await page.goBack();

    await page.getByRole("button", { name: t("createInstance") }).click();
    await see(page.getByRole("dialog").getByLabel(t("name"), { exact: true }));
    await page.keyboard.press("Escape");
    await page.context().route(`${url}**`, (route) => route.fulfill({ body: "the Control UI" }));
    const tabs = page.waitForEvent("popup");
    await page.getByRole("button", { name: t("open"), exact: true }).click();
    await page.getByRole("menuitem", { name: "Anna" }).click();
    await see((await tabs).getByText("the Control UI"));
    await page.getByRole("button", { name: t("seeLogs"), exact: true }).click();
    await page.getByRole("menuitem", { name: "Anna" }).click();
    await page.waitForURL("**/instances/anna/logs");
  });
});

test("without the image and without an instance it leads to both", async () => {
  const fresh = await forThisTest(Panel.start({ image: IMAGE, rig: { images: [] } }));
  const { page, t } = await browser.visit(fresh.url);
  await see(page.getByRole("alert").filter({ hasText: t("imageFailed", { image: IMAGE }) }));
  await fresh.outside("setRegistry", "sends all");
  await page
    .getByRole("main")
    .getByRole("button", { name: t("retry") })
    .first()
    .click();
  await gone(page.getByText(t("imageFailed", { image: IMAGE })).first());
  await page
    .getByRole("main")
    .getByRole("button", { name: t("createInstance") })
    .click();
  await see(page.getByRole("dialog"));
});
