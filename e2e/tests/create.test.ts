import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DESKTOP, useBrowser, VIEWS } from "../support/browser.ts";
import { createByForm, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 200 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("the form says at each field what is wrong, and sends nothing until it is right", async () => {
    await panel.create({ id: "taken", start: false });
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    await page.getByRole("button", { name: t("createInstance") }).click();
    const dialog = page.getByRole("dialog");
    const name = dialog.getByLabel(t("name"), { exact: true });
    const id = dialog.getByLabel(t("id"), { exact: true });
    const port = dialog.getByLabel(t("port"), { exact: true });
    const create = dialog.getByRole("button", { name: t("create"), exact: true });

    await create.click();
    await see(dialog.getByText(t("nameWrong")));
    await see(dialog.getByText(t("idWrong")));
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    await name.fill("多".repeat(65));
    await see(dialog.getByText(t("nameWrong")));
    await name.fill("Anna Berg");
    await gone(dialog.getByText(t("nameWrong")));
    await expect.poll(() => id.inputValue()).toBe("anna-berg");
    await gone(dialog.getByText(t("idWrong")));

    for (const wrong of ["-anna", "anna-", "an na", "安娜", "a".repeat(41)]) {
      await id.fill(wrong);
      await see(dialog.getByText(t("idWrong")));
    }
    await id.fill("taken");
    await see(dialog.getByText(t("idTaken")));
    await id.fill("anna");
    await gone(dialog.getByText(t("idTaken")));

    for (const wrong of ["80", "65536"]) {
      await port.fill(wrong);
      await see(dialog.getByText(t("portWrong")));
    }
    await create.click();
    expect(await panel.client.instances.list.query()).toHaveLength(1);
    await port.fill("");
    await create.click();
    await see(dialog.getByRole("heading", { name: t("creating", { name: "Anna Berg" }) }));
    await dialog.getByRole("button", { name: t("done") }).click();
    await seeStatus(visitor, "Anna Berg", "running");
  });

  test("a port that another program uses is refused in the dialog, which keeps what was typed", async () => {
    const port = 45_678;
    await panel.outside("setPortBusy", port, true);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    visitor.allowErrors(/409 \(Conflict\)/);
    const { t } = visitor;
    const dialog = await createByForm(visitor, { name: "Anna", port: String(port) });
    const alert = dialog.getByRole("alert");
    await see(alert.getByText(t("portTaken")));
    expect(await alert.textContent()).toContain(String(port));
    expect(await dialog.getByLabel(t("name"), { exact: true }).inputValue()).toBe("Anna");

    await panel.outside("setPortBusy", port, false);
    await dialog.getByRole("button", { name: t("create"), exact: true }).click();
    await see(dialog.getByRole("button", { name: t("open"), exact: true }));
    expect(await panel.client.instances.get.query({ id: "anna" })).toMatchObject({ port });
  });
});

test("an id is proposed from the name in pinyin, is free, and stays as typed by hand", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  await createByForm(visitor, { name: "张三", start: false });
  await page.getByRole("button", { name: t("done") }).click();
  await page.getByRole("button", { name: t("createInstance") }).click();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel(t("name"), { exact: true });
  const id = dialog.getByLabel(t("id"), { exact: true });
  await name.fill("张三");
  await expect.poll(() => id.inputValue()).toBe("zhangsan-2");
  await id.fill("mine");
  await name.fill("李四");
  expect(await id.inputValue()).toBe("mine");
  await id.fill("");
  await name.fill("王五");
  await expect.poll(() => id.inputValue()).toBe("wangwu");
});

test("closing the dialog while it works stops nothing", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  const dialog = await createByForm(visitor, { name: "Anna" });
  await dialog.getByRole("heading", { name: t("creating", { name: "Anna" }) }).waitFor();
  await page.keyboard.press("Escape");
  await gone(dialog);
  await seeStatus(visitor, "Anna", "running");
});

test("a foreign container of the same name is left alone, and the dialog says so", async () => {
  await panel.outside("addForeign", "openclaw-anna");
  const visitor = await browser.visit(`${panel.url}/instances`);
  visitor.allowErrors(/409 \(Conflict\)/);
  const dialog = await createByForm(visitor, { name: "Anna" });
  await see(dialog.getByRole("alert").getByText(visitor.t("containerClash")));
  expect(await panel.client.instances.list.query()).toEqual([]);
  await panel.outside("removeForeign", "openclaw-anna");
});

test("the link can be copied at the end, and holds the token that opens the instance", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`, { ...DESKTOP, language: "en" });
  const { page, t } = visitor;
  const dialog = await createByForm(visitor, { name: "Anna" });
  await dialog.getByRole("button", { name: t("copyLink") }).click();
  await see(page.getByText(t("linkCopied")));
  const { url } = await panel.client.instances.open.mutate({ id: "anna" });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  expect(url).toContain(/token: "(\w+)"/.exec(await panel.readConfig("anna"))?.[1]);
});
