import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { DESKTOP, useBrowser } from "../support/browser.ts";
import { seeConnected, seeTokenNeeded } from "../support/control-ui.ts";
import { containersOf, docker, networksOf, OPENCLAW_IMAGE, uniqueId } from "../support/docker.ts";
import { typeFirstLine } from "../support/editor.ts";
import { createByForm, press, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const NAME = "张三";
const ID = uniqueId("zhangsan");
/** A first start takes 20 to 60 seconds on a busy machine. */
const START_MS = 180_000;

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ image: OPENCLAW_IMAGE });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
afterEach(() => panel.removeAll());

test("the main job with the real OpenClaw: create, open, logs, configuration, restart, stop, delete", {
  timeout: 600_000,
}, async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  const picture = await openAlbum("main-job");
  await see(page.getByText(t("noInstances")));
  await picture(page, "empty");

  // Create it and watch it come up.
  const dialog = await createByForm(visitor, { name: NAME, id: ID });
  await see(dialog.getByRole("heading", { name: t("creating", { name: NAME }) }));
  await picture(page, "creating");
  await see(dialog.getByRole("button", { name: t("open"), exact: true }), START_MS);
  await picture(page, "created");
  await dialog.getByRole("button", { name: t("done") }).click();
  await seeStatus(visitor, NAME, "running");
  await picture(page, "running");
  const { port } = await panel.client.instances.get.query({ id: ID });
  expect(await docker("inspect", "-f", "{{.State.Status}}", `openclaw-${ID}`)).toBe("running");
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toMatchObject({
    ok: true,
  });

  // Open it: the page's own button, a new tab, and a Control UI that is connected.
  const tabs = page.waitForEvent("popup");
  await press(visitor, "openNamed", NAME);
  const controlUi = await tabs;
  visitor.allowErrors(new RegExp(`127\\.0\\.0\\.1:${port}`)); // what OpenClaw's own page says is its affair
  const sockets: string[] = [];
  controlUi.on("websocket", (socket) => sockets.push(socket.url()));
  await seeConnected(controlUi, { language: "zh", port });
  await picture(controlUi, "control-ui");
  expect(await controlUi.evaluate(() => window.opener)).toBeNull();
  expect(sockets).toContain(`ws://127.0.0.1:${port}/`);

  // Live logs: what happens now is seen now. A visitor with a wrong token is refused, and logged.
  await page.bringToFront();
  await page.getByRole("link", { name: NAME, exact: true }).click();
  await page.getByRole("tab", { name: t("logs") }).click();
  const log = page.getByRole("log", { name: t("logOf", { name: NAME }) });
  await see(log.getByText("gateway", { exact: false }).first());
  await gone(log.getByText(/token_mismatch/));
  const anonymous = await browser.visit(`http://127.0.0.1:${port}/#token=wrong`, DESKTOP, null);
  anonymous.allowErrors(new RegExp(`127\\.0\\.0\\.1:${port}`));
  await seeTokenNeeded(anonymous.page, "zh");
  await expect(
    seeConnected(anonymous.page, { language: "zh", port, timeout: 2_000 }),
    "a wrong token must not look connected",
  ).rejects.toThrow(/Timeout/);
  await picture(anonymous.page, "control-ui-wrong-token");
  await see(log.getByText(/token_mismatch/).first());
  await picture(page, "logs");

  // Edit and save the configuration; a restart puts it into effect.
  await page.getByRole("tab", { name: t("config") }).click();
  await typeFirstLine(visitor, NAME, "// 由面板修改");
  await see(page.getByText(t("unsaved")));
  await picture(page, "config-edited");
  await page.getByRole("button", { name: t("save") }).click();
  await see(page.getByText(t("savedHot")));
  expect(await panel.readConfig(ID)).toMatch(/^\/\/ 由面板修改\n\{\n/);
  await picture(page, "config-saved");

  const before = await panel.client.instances.get.query({ id: ID });
  await page.getByRole("button", { name: t("restart"), exact: true }).click();
  await see(page.getByText(t("starting"), { exact: true }).first());
  await see(page.getByText(t("running"), { exact: true }).first(), START_MS);
  await page.getByRole("tab", { name: t("overview") }).click();
  await picture(page, "restarted");
  const after = await panel.client.instances.get.query({ id: ID });
  expect(after.startedAt).not.toBe(before.startedAt);
  expect(after.status).toBe("running");
  await seeConnected(controlUi, { language: "zh", port });

  await page.getByRole("button", { name: t("stop"), exact: true }).click();
  await see(page.getByText(t("stopped"), { exact: true }).first(), 60_000);
  await picture(page, "stopped");
  expect(await docker("inspect", "-f", "{{.State.Status}}", `openclaw-${ID}`)).toBe("exited");

  // Delete it with its data: nothing is left in Docker or on the disk.
  await page.getByRole("tab", { name: t("danger") }).click();
  await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
  const removal = page.getByRole("dialog", { name: t("deleteTitle", { name: NAME }) });
  await removal.getByLabel(t("typeId", { id: ID })).fill(ID);
  await picture(page, "deleting");
  await removal.getByRole("button", { name: t("deleteInstanceAndData") }).click();
  await see(page.getByText(t("noInstances")));
  await picture(page, "deleted");
  expect(await containersOf(panel.home)).toEqual([]);
  expect(await networksOf(panel.home)).toEqual([]);
  expect(existsSync(path.join(panel.home, "instances", ID))).toBe(false);
});
