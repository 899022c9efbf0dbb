import { ACCESS_SCENES } from "./access-scenes.ts";
import { BACKUP_SCENES } from "./backup-scenes.ts";
import type { Visitor } from "./browser.ts";
import { editorOf, typeFirstLine } from "./editor.ts";
import { press, rowOf, seeStatus } from "./instance-list.ts";
import { OVERVIEW_SCENES } from "./overview-scenes.ts";
import type { Scene } from "./scene.ts";
import { see } from "./see.ts";

const heading = ({ page }: Visitor) => see(page.getByRole("heading", { level: 1 }));
const openTab = (tab: string): Pick<Scene, "world" | "path"> => ({
  world: "provisioned",
  path: `/instances/zhangsan${tab}`,
});

export const SCENES: readonly Scene[] = [
  ...ACCESS_SCENES,
  ...OVERVIEW_SCENES,
  ...BACKUP_SCENES,
  {
    name: "list-empty",
    world: "empty",
    path: "/instances",
    show: ({ page, t }) => see(page.getByText(t("noInstances"))),
  },
  {
    name: "list",
    world: "provisioned",
    path: "/instances",
    show: async (visitor) => {
      await seeStatus(visitor, "张三", "running");
      await seeStatus(visitor, "王五", "error");
      // A phone has no room for it.
      if (visitor.view.width > 390) await see(rowOf(visitor.page, "张三").getByText("%"));
    },
  },
  {
    name: "list-no-match",
    world: "provisioned",
    path: "/instances?q=nobody",
    show: ({ page, t }) => see(page.getByText(t("noMatch"))),
  },
  {
    name: "row-menu",
    world: "provisioned",
    path: "/instances",
    show: async (visitor) => {
      await press(visitor, "moreNamed", "张三");
      await see(visitor.page.getByRole("menuitem", { name: visitor.t("remove") }));
    },
  },
  {
    name: "bulk-configure",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      for (const name of ["Anna Berg", "李四"])
        await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
      await page
        .getByRole("region", { name: t("chosenActions") })
        .getByRole("button", { name: t("configureMany") })
        .click();
      await see(page.getByRole("dialog").getByRole("textbox", { name: t("rolloutChange") }));
    },
  },
  {
    name: "create",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createInstance") }).click();
      await see(page.getByRole("dialog").getByLabel(t("name"), { exact: true }));
    },
  },
  {
    name: "create-wrong",
    world: "provisioned",
    path: "/instances",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("createInstance") }).click();
      await page.getByRole("dialog").getByLabel(t("port"), { exact: true }).fill("80");
      await page.getByRole("button", { name: t("create"), exact: true }).click();
      await see(page.getByText(t("nameWrong")));
    },
  },
  {
    name: "delete",
    world: "provisioned",
    path: "/instances/zhangsan/danger",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
      await see(page.getByRole("dialog").getByLabel(t("typeId", { id: "zhangsan" })));
    },
  },
  {
    name: "instance",
    ...openTab(""),
    show: async ({ page, t }) => {
      await see(page.getByText(t("dataFolder")));
      await see(page.getByText(/^\d+(\.\d)?%$/).first());
    },
  },
  {
    name: "instance-error",
    world: "provisioned",
    path: "/instances/wangwu",
    show: ({ page, t }) => see(page.getByRole("region", { name: t("whatHappened") })),
  },
  {
    name: "starting-failed",
    world: "provisioned",
    path: "/starting/wangwu#since=2026-01-01T00:00:00.000Z",
    show: ({ page, t }) =>
      see(page.getByRole("heading", { name: t("didNotStart", { name: "王五" }) })),
  },
  {
    name: "initialise",
    ...openTab(""),
    show: async ({ page, t }) => {
      await page
        .getByRole("button", { name: t("initialise") })
        .first()
        .click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("provider") })
        .click();
      await page.getByRole("option", { name: t("providerCustom") }).click();
      await see(page.getByRole("dialog").getByLabel(t("apiKey")));
    },
  },
  {
    name: "logs",
    ...openTab("/logs"),
    show: ({ page }) => see(page.getByRole("log").getByText(/line 60$/)),
  },
  {
    name: "logs-search",
    ...openTab("/logs"),
    show: async ({ page, t }) => {
      await see(page.getByRole("log").getByText(/line 60$/));
      await page.getByRole("searchbox", { name: t("searchLog") }).fill("line 5");
      await see(page.getByRole("log").locator("mark").first());
    },
  },
  {
    name: "config",
    ...openTab("/config"),
    show: (visitor) => see(editorOf(visitor, "张三")),
  },
  {
    name: "config-mistake",
    ...openTab("/config"),
    show: async (visitor) => {
      await typeFirstLine(visitor, "张三", "{{");
      await see(visitor.page.getByRole("list", { name: visitor.t("problems") }));
    },
  },
  {
    name: "config-conflict",
    world: "provisioned",
    path: "/instances/lisi/config",
    errors: [/409 \(Conflict\)/],
    show: async (visitor, { panel }) => {
      await typeFirstLine(visitor, "李四", "// mine");
      await panel.editConfig("lisi", (text) => `// theirs\n${text}`);
      await visitor.page.getByRole("button", { name: visitor.t("save") }).click();
      await see(visitor.page.getByRole("alert").filter({ hasText: visitor.t("conflict") }));
    },
    leave: ({ panel }) => panel.editConfig("lisi", (text) => text.replace("// theirs\n", "")),
  },
  {
    name: "config-leave",
    ...openTab("/config"),
    show: async (visitor) => {
      const { page, t } = visitor;
      await typeFirstLine(visitor, "张三", "// mine");
      await page.getByRole("tab", { name: t("overview") }).click();
      await see(page.getByRole("dialog", { name: t("leaveQuestion") }));
    },
  },
  {
    name: "danger",
    ...openTab("/danger"),
    show: ({ page, t }) => see(page.getByRole("button", { name: t("deleteInstanceAndData") })),
  },
  {
    name: "jobs",
    world: "provisioned",
    path: "/jobs",
    show: ({ page, t }) => see(page.getByText(t("jobDone"), { exact: true }).first()),
  },
  {
    name: "jobs-empty",
    world: "empty",
    path: "/jobs",
    show: ({ page, t }) => see(page.getByText(t("noJobs"))),
  },
  {
    name: "system",
    world: "provisioned",
    path: "/system",
    show: ({ page, t }) => see(page.getByRole("meter", { name: t("memory") })),
  },
  {
    name: "network",
    world: "provisioned",
    path: "/network",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("testNames"), exact: true }).click();
      await see(page.getByText(t("namesReached")));
      await see(page.getByText(t("socketsPass")));
    },
  },
  {
    name: "network-authority",
    world: "network",
    path: "/network",
    show: ({ page, t }) => see(page.getByRole("link", { name: t("downloadCertificate") })),
  },
  {
    name: "network-change",
    world: "network",
    path: "/network",
    show: async ({ page, t }) => {
      await page.getByRole("button", { name: t("changeNetwork") }).click();
      await see(page.getByRole("dialog", { name: t("changeNetworkTitle") }));
    },
  },
  { name: "not-found", world: "empty", path: "/no/such/page", show: heading },
  {
    name: "connection-lost",
    world: "provisioned",
    path: "/instances",
    errors: [/WebSocket connection/, /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/],
    show: async (visitor, { proxy }) => {
      await see(rowOf(visitor.page, "张三"));
      proxy.cut();
      await see(visitor.page.getByText(visitor.t("connectionLost")));
    },
    leave: ({ proxy }) => proxy.mend(),
  },
  {
    name: "no-docker",
    world: "no-docker",
    path: "/instances",
    show: ({ page, t }) => see(page.getByText(t("engineAway"))),
  },
  {
    name: "no-docker-system",
    world: "no-docker",
    path: "/system",
    show: ({ page, t }) => see(page.getByText(t("engineAway"))),
  },
  {
    name: "no-image",
    world: "no-image",
    path: "/system",
    show: ({ page, t }) =>
      see(page.getByText(t("imageFailed", { image: "registry.invalid/openclaw:1" }))),
  },
  {
    name: "error-toast",
    world: "provisioned",
    path: "/instances",
    errors: [/409 \(Conflict\)/],
    show: async (visitor, { panel }) => {
      const { port } = await panel.client.instances.get.query({ id: "lisi" });
      await panel.outside("addForeign", "other", port);
      await press(visitor, "startNamed", "李四");
      await see(visitor.page.getByText(visitor.t("startFailed", { name: "李四" })));
    },
    leave: async ({ panel }) => {
      // The panel would try the refused start again, and it would work.
      await panel.client.instances.stop.mutate({ id: "lisi" });
      await panel.outside("removeForeign", "other");
    },
  },
];
