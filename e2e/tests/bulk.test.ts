import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser, type Visitor } from "../support/browser.ts";
import { seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

const PEOPLE = [
  { id: "anna", name: "Anna" },
  { id: "boris", name: "Boris" },
  { id: "zhangsan", name: "张三" },
] as const;

const statuses = async () =>
  Object.fromEntries(
    (await panel.client.instances.list.query()).map(({ id, status }) => [id, status]),
  );

/** Chooses these by their boxes, and presses what is to be done with them. */
async function choose({ page, t }: Visitor, names: readonly string[], action: string) {
  for (const name of names)
    await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
  await page
    .getByRole("region", { name: t("chosenActions") })
    .getByRole("button", { name: new RegExp(`^${action}`) })
    .click();
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("many are started; the one that fails says why, is tried again, and all are undone", async () => {
    for (const one of PEOPLE) await panel.create({ ...one, start: false });
    const { port } = await panel.client.instances.get.query({ id: "boris" });
    await panel.outside("addForeign", "other", port);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    await choose(
      visitor,
      PEOPLE.map(({ name }) => name),
      t("start"),
    );
    const dialog = page.getByRole("dialog", { name: t("startMany", { count: "3" }) });
    await see(dialog.getByText(t("batchSummary", { done: "2", total: "3" })));
    const failed = dialog.getByRole("listitem").filter({ hasText: "Boris" });
    await see(failed.getByText(new RegExp(String(port))));
    await dialog.getByText(t("onlyFailed")).click();
    await gone(dialog.getByRole("listitem").filter({ hasText: "Anna" }));

    await panel.outside("removeForeign", "other");
    await dialog.getByRole("button", { name: t("retryFailed", { count: "1" }) }).click();
    await see(dialog.getByText(t("batchSummary", { done: "3", total: "3" })));
    expect(Object.values(await statuses())).toEqual(["running", "running", "running"]);

    await dialog.getByRole("button", { name: t("undoStart") }).click();
    await page
      .getByRole("dialog", { name: t("stopManyAsk", { count: "3" }), exact: true })
      .getByRole("button", { name: t("stopMany", { count: "3" }) })
      .click();
    const undoing = page.getByRole("dialog", {
      name: t("stopMany", { count: "3" }),
      exact: true,
    });
    await see(undoing.getByText(t("batchSummary", { done: "3", total: "3" })));
    await undoing.getByRole("button", { name: t("done") }).click();
    for (const { name } of PEOPLE) await seeStatus(visitor, name, "stopped");
  });

  test("some are restarted, the others are left alone; then all are deleted with their data", async () => {
    const started = new Map<string, string | null>();
    for (const one of PEOPLE) started.set(one.id, (await panel.create(one)).startedAt);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    await choose(visitor, ["Anna", "张三"], t("restart"));
    await page
      .getByRole("dialog", { name: t("restartManyAsk", { count: "2" }), exact: true })
      .getByRole("button", { name: t("restartMany", { count: "2" }) })
      .click();
    const restarting = page.getByRole("dialog", {
      name: t("restartMany", { count: "2" }),
      exact: true,
    });
    await see(restarting.getByText(t("batchSummary", { done: "2", total: "2" })));
    await restarting.getByRole("button", { name: t("done") }).click();
    for (const { id, startedAt } of await panel.client.instances.list.query())
      expect(startedAt !== started.get(id), id).toBe(id !== "boris");

    // The selection is unchanged.
    await choose(visitor, ["Boris"], t("remove"));
    const asking = page.getByRole("dialog", { name: t("deleteMany", { count: "3" }) });
    await asking.getByText(t("deleteData")).click();
    const confirm = asking.getByRole("button", { name: t("deleteManyAndData", { count: "3" }) });
    expect(await confirm.isDisabled()).toBe(true);
    await asking.getByLabel(t("typeCount", { count: "3" })).fill("3");
    await confirm.click();
    const deleting = page.getByRole("dialog", { name: t("deleteManyAndData", { count: "3" }) });
    await see(deleting.getByText(t("batchSummary", { done: "3", total: "3" })));
    await deleting.getByRole("button", { name: t("done") }).click();
    await see(page.getByText(t("noInstances")));
  });

  test("the panel goes on when the page is closed, and says so in its jobs", async () => {
    for (const one of PEOPLE) await panel.create({ ...one, start: false });
    await panel.outside("holdStarts", true);
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    await choose(
      visitor,
      PEOPLE.map(({ name }) => name),
      visitor.t("start"),
    );
    const title = visitor.t("startMany", { count: "3" });
    const dialog = visitor.page.getByRole("dialog", { name: title });
    await see(dialog.getByText(visitor.t("batchGoesOn")));
    await visitor.page.close();
    await panel.outside("holdStarts", false);

    const { page, t } = await browser.visit(`${panel.url}/jobs`, view);
    // The newest: the panel has those of the other view, too.
    const job = page.getByRole("listitem").filter({ hasText: title }).first();
    await see(job.getByText(t("jobSucceeded"), { exact: true }));
    expect(Object.values(await statuses())).toEqual(["running", "running", "running"]);
  });

  test("pasted lines become instances; wrong ones say why before anything is made", async () => {
    await panel.create({ id: "taken", name: "Taken", start: false });
    const { page, t } = await browser.visit(`${panel.url}/instances`, view);
    await page.getByRole("button", { name: t("createMany") }).click();
    const dialog = page.getByRole("dialog", { name: t("createMany") });
    await dialog
      .getByLabel(t("manyLines"))
      .fill("anna Anna Berg\n李四\nanna Another\nCarla_1 卡拉\ntaken Taken again\n");
    const preview = dialog.getByRole("region", { name: t("manyPreview") });
    await see(preview.getByText("lisi", { exact: true }));
    await see(dialog.getByText(t("manyGood", { count: "2" })));
    await see(preview.getByText(t("manyDuplicate", { line: "1" })));
    await see(preview.getByText(t("idTaken")));
    await see(preview.getByText(t("idWrong")));
    await dialog
      .getByRole("button", { name: t("createSkipping", { count: "2", skipped: "3" }) })
      .click();

    const making = page.getByRole("dialog", { name: t("createCount", { count: "2" }) });
    await see(making.getByText(t("batchSummary", { done: "2", total: "2" })));
    await making.getByRole("button", { name: t("done") }).click();
    expect(await statuses()).toEqual({ anna: "running", lisi: "running", taken: "created" });
  });
});
