import { editorOf, pasteAll } from "./editor.ts";
import { rowOf, seeStatus } from "./instance-list.ts";
import type { Scene } from "./scene.ts";
import { see } from "./see.ts";

/** The dashboard, what is done to many instances, the palette, the page of logs. */
export const OVERVIEW_SCENES: readonly Scene[] = [
  {
    name: "dashboard",
    world: "provisioned",
    path: "/",
    show: async ({ page, t }) => {
      await see(page.getByRole("list", { name: t("attention") }).getByText("王五"));
      // Usage figures arrive after some seconds.
      await see(
        page
          .getByRole("main")
          .getByText(/^\d+(\.\d)?%$/)
          .first(),
      );
      await see(page.getByRole("meter", { name: t("memory") }));
    },
  },
  {
    name: "dashboard-empty",
    world: "empty",
    path: "/",
    show: async ({ page, t }) => {
      await see(page.getByRole("meter", { name: t("memory") }));
      await see(page.getByText(t("noInstances")));
    },
  },
  {
    name: "dashboard-no-docker",
    world: "no-docker",
    path: "/",
    show: ({ page, t }) => see(page.getByText(t("engineAway"))),
  },
  {
    name: "selection",
    world: "provisioned",
    path: "/instances",
    show: async (visitor) => {
      const { page, t } = visitor;
      await seeStatus(visitor, "张三", "running");
      for (const name of ["张三", "李四"])
        await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
      await see(page.getByRole("region", { name: t("chosenActions") }));
    },
  },
  {
    name: "selection-of-before",
    world: "upgraded",
    path: "/instances",
    show: async (visitor) => {
      const { page, t } = visitor;
      await seeStatus(visitor, "张三", "running");
      for (const name of ["张三", "Anna Berg"])
        await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
      await see(
        page
          .getByRole("region", { name: t("chosenActions") })
          .getByRole("button", { name: `${t("viaPanel")} 1` }),
      );
    },
  },
  {
    name: "instance-of-before",
    world: "upgraded",
    path: "/instances/lisi",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("openThroughPanel") }).scrollIntoViewIfNeeded();
      await see(page.getByRole("button", { name: t("openThroughPanel") }));
    },
  },
  {
    name: "callback-paths",
    world: "upgraded",
    path: "/instances/anna",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("editPaths") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("pathLines")).fill("/wecom/callback\n/api/v1");
      await see(dialog.getByText("/api/v1/admin"));
    },
  },
  {
    name: "bulk-progress",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }, { panel }) => {
      const { port } = await panel.client.instances.get.query({ id: "lisi" });
      await panel.outside("addForeign", "other", port);
      await see(rowOf(page, "李四"));
      await page.getByRole("checkbox", { name: t("choose", { name: "李四" }) }).check();
      await page
        .getByRole("region", { name: t("chosenActions") })
        .getByRole("button", { name: t("start"), exact: true })
        .click();
      await see(page.getByRole("dialog").getByText(t("portTaken")));
    },
    leave: async ({ panel }) => {
      await panel.outside("removeForeign", "other");
      await panel.client.instances.stop.mutate({ id: "lisi" });
    },
  },
  {
    name: "bulk-delete",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      for (const name of ["Anna Berg", "李四"])
        await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
      await page
        .getByRole("region", { name: t("chosenActions") })
        .getByRole("button", { name: t("remove") })
        .click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(t("deleteData")).click();
      await see(dialog.getByLabel(t("typeCount", { count: "2" })));
    },
  },
  {
    name: "bulk-labels",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      for (const name of ["张三", "Anna Berg"])
        await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
      await page
        .getByRole("region", { name: t("chosenActions") })
        .getByRole("button", { name: t("labels") })
        .click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("addTags")).fill("2026,");
      await see(dialog.getByRole("button", { name: t("dropTag", { tag: "2026" }) }));
    },
  },
  {
    name: "edit-labels",
    world: "provisioned",
    path: "/instances/zhangsan",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("editLabels") }).click();
      await see(
        page.getByRole("dialog").getByRole("button", { name: t("dropTag", { tag: "VIP" }) }),
      );
    },
  },
  {
    name: "jobs-batches",
    world: "provisioned",
    path: "/jobs",
    show: async ({ page, t }, { panel: { client } }) => {
      const instances = ["zhangsan", "anna"].map((id) => ({ id, addTags: ["2026"] }));
      const partial = [...instances, { id: "nobody", addTags: ["2026"] }];
      await client.batches.run.mutate({ action: "label", instances: partial });
      const options = { wave: 1, pauseBetween: true };
      await client.batches.run.mutate({ action: "label", instances, options });
      await see(page.getByRole("button", { name: t("resume") }));
      await see(page.getByRole("button", { name: t("retryRest", { count: "1" }) }).first());
    },
    leave: async ({ panel: { client } }) => {
      for (const { id, status } of await client.jobs.list.query())
        if (status === "running") await client.jobs.cancel.mutate({ id });
      const removeTags = ["2026"];
      const instances = ["zhangsan", "anna"].map((id) => ({ id, removeTags }));
      await client.batches.run.mutate({ action: "label", instances });
    },
  },
  {
    name: "create-many",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createMany") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("manyLines")).fill("zhaoliu 赵六\n孙七\nzhaoliu 钱八\nlisi 李四");
      await see(dialog.getByText(t("manyDuplicate", { line: "1" })));
    },
  },
  {
    name: "palette",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      await page
        .getByRole("banner")
        .getByRole("button", { name: t("palette") })
        .click();
      await page.getByRole("combobox", { name: t("palette") }).fill("zs");
      await see(page.getByRole("option").first());
    },
  },
  {
    name: "shortcuts",
    world: "provisioned",
    path: "/system",
    show: async ({ page, t }) => {
      const dialog = page.getByRole("dialog", { name: t("shortcuts") });
      // The keys are loaded a moment after the page.
      while (!(await dialog.isVisible())) {
        await page.keyboard.press("?");
        await dialog.waitFor({ timeout: 500 }).catch(() => {});
      }
    },
  },
  {
    name: "logs-page",
    world: "provisioned",
    path: "/logs?ids=zhangsan,anna",
    show: ({ page, t }) =>
      see(page.getByRole("log", { name: t("logOf", { name: "张三" }) }).getByText(/line 60$/)),
  },
  {
    name: "logs-page-empty",
    world: "provisioned",
    path: "/logs",
    show: ({ page, t }) => see(page.getByRole("button", { name: t("addInstance") })),
  },
  {
    name: "logs-merged",
    world: "provisioned",
    path: "/logs?ids=zhangsan,anna&view=merged",
    show: async ({ page, t }) => {
      const log = page.getByRole("log", { name: t("mergedLogs") });
      await see(log.getByText(/line 60$/));
      await page.getByRole("searchbox", { name: t("searchLog") }).fill("line 5");
      await see(log.locator("mark").first());
    },
  },
  {
    name: "logs-json",
    world: "provisioned",
    path: "/instances/anna/logs",
    show: async ({ page, t }) => {
      const log = page.getByRole("log");
      await log
        .getByRole("button", { name: t("logFields") })
        .first()
        .click();
      await see(log.getByText('"subsystem"'));
    },
  },
  {
    name: "config-diff",
    world: "provisioned",
    path: "/instances/zhangsan/config",
    show: async (visitor, { panel }) => {
      const { page, t } = visitor;
      await see(editorOf(visitor, "张三"));
      const text = await panel.readConfig("zhangsan");
      await pasteAll(
        visitor,
        "张三",
        `// 团队共用\n${text.replace('mode: "local"', 'mode: "local", bind: "lan"')}`,
      );
      await page.getByRole("button", { name: t("compare") }).click();
      await see(page.getByRole("dialog").getByText("// 团队共用"));
    },
  },
  {
    name: "access-qr",
    world: "provisioned",
    path: "/instances/zhangsan",
    show: async ({ page, t }) => {
      await page
        .getByRole("button", { name: t("qrCode") })
        .first()
        .click();
      const code = page.getByRole("img", { name: t("qrCodeOf", { name: "张三" }) });
      await code.scrollIntoViewIfNeeded();
    },
  },
  {
    name: "job-log",
    world: "provisioned",
    path: "/jobs",
    show: async ({ page, t }) => {
      await page
        .getByRole("button", { name: t("jobLog"), exact: true })
        .first()
        .click();
      await see(page.getByRole("log"));
    },
  },
];
