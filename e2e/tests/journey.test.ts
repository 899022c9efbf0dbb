import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { useBrowser, VIEWS } from "../support/browser.ts";
import { createByForm, press, rowOf, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start();
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

const NAME = "张三";
const folder = () => path.join(panel.home, "instances/zhangsan");

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("from an empty list to a running instance, through its life, to an empty list", async () => {
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    await see(page.getByText(t("noInstances")));

    const dialog = await createByForm(visitor, { name: NAME });
    await see(dialog.getByRole("heading", { name: t("creating", { name: NAME }) }));
    await see(dialog.getByRole("listitem").filter({ hasText: t("gatewayAnswers") }));
    await see(dialog.getByRole("button", { name: t("open"), exact: true }));
    await dialog.getByRole("button", { name: t("done") }).click();
    await gone(dialog);
    await seeStatus(visitor, NAME, "running");
    const [made] = await panel.client.instances.list.query();
    expect(made).toMatchObject({ id: "zhangsan", name: NAME, status: "running" });

    await press(visitor, "stopNamed", NAME);
    await seeStatus(visitor, NAME, "stopped");
    await press(visitor, "startNamed", NAME);
    await seeStatus(visitor, NAME, "running");
    const { startedAt } = await panel.client.instances.get.query({ id: "zhangsan" });
    await press(visitor, "restartNamed", NAME);
    await panel.untilRestarted("zhangsan", startedAt);
    await seeStatus(visitor, NAME, "running");

    await press(visitor, "moreNamed", NAME);
    await page.getByRole("menuitem", { name: t("remove") }).click();
    const removal = page.getByRole("dialog", { name: t("deleteTitle", { name: NAME }) });
    expect(await removal.getByRole("radio", { name: t("keepData") }).isChecked()).toBe(true);
    await removal.getByRole("button", { name: t("deleteInstance"), exact: true }).click();
    await see(page.getByText(t("deleted", { name: NAME })));
    await see(page.getByText(t("noInstances")));
    expect(existsSync(folder())).toBe(true);

    await createByForm(visitor, { name: NAME, start: false });
    await see(page.getByText(t("madeOnly")));
    await page.getByRole("button", { name: t("done") }).click();
    await seeStatus(visitor, NAME, "created");
    await press(visitor, "moreNamed", NAME);
    await page.getByRole("menuitem", { name: t("remove") }).click();
    await removal.getByText(t("deleteData")).click();
    const confirm = removal.getByRole("button", { name: t("deleteInstanceAndData") });
    expect(await confirm.isDisabled()).toBe(true);
    await removal.getByLabel(t("typeId", { id: "zhangsan" })).fill("zhangsa");
    expect(await confirm.isDisabled()).toBe(true);
    await removal.getByLabel(t("typeId", { id: "zhangsan" })).fill("zhangsan");
    await confirm.click();
    await gone(rowOf(page, NAME));
    await see(page.getByText(t("noInstances")));
    expect(existsSync(folder())).toBe(false);
  });
});
