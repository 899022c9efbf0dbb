import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { seeConnected } from "../support/control-ui.ts";
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
  const { host } = new URL((await panel.client.instances.get.query({ id: ID })).url);
  expect(host).toMatch(new RegExp(`^${ID}-[0-9a-f]{10}\\.localhost:${new URL(panel.url).port}$`));
  visitor.allowErrors(new RegExp(host)); // what OpenClaw's own page says is its affair
  visitor.allowErrors(/A bad HTTP response code \(404\) was received when fetching the script/); // its service worker
  const sockets: string[] = [];
  controlUi.on("websocket", (socket) => sockets.push(socket.url()));
  await seeConnected(controlUi, { language: "zh", host });
  await picture(controlUi, "control-ui");
  expect(await controlUi.evaluate(() => [window.opener, document.referrer])).toEqual([null, ""]);
  expect(sockets).toContain(`ws://${host}/`);
  // The browser holds no token, and the page's scripts not even its session.
  const kept = await controlUi.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toMatch(/__Host-|"token":"[^"]/);

  // Live logs: what happens now is seen now. Who comes to the published port is refused, and logged.
  await page.bringToFront();
  await page.getByRole("link", { name: NAME, exact: true }).click();
  await page.getByRole("tab", { name: t("logs") }).click();
  const log = page.getByRole("log", { name: t("logOf", { name: NAME }) });
  await see(log.getByText("gateway", { exact: false }).first());
  await gone(log.getByText(/unattributable/));
  const direct = await fetch(`http://127.0.0.1:${port}/control-ui-config.json`);
  expect(direct.status).toBe(403);
  await see(log.getByText(/unattributable/).first());
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
  await seeConnected(controlUi, { language: "zh", host });

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
