import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MemoryGateway } from "../../packages/api/src/gateway/memory/memory-gateway.ts";
import { rpcGateway } from "../../packages/api/tests/support/rpc-gateway.ts";
import type { Upstream } from "../../packages/api/tests/support/upstream.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

/** Names are the devices' own words. */
const STRANGER = "<b>nobody's</b>";
const browser = useBrowser();
let panel: Panel;
let gateway: MemoryGateway;
let server: Upstream;
beforeEach(async () => {
  gateway = new MemoryGateway();
  server = await rpcGateway(gateway);
  panel = await Panel.start({ rig: { startDelayMs: 50, openclawVersion: "2026.9.6" } });
  await panel.create({ id: "anna", name: "安娜", port: server.port });
});
afterEach(async () => {
  await panel?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a phone that asks is approved on the page of its instance, and removed again", async () => {
    const picture = await openAlbum(`devices-${view.language}-${view.width}`);
    gateway.ask({ requestId: "r1", deviceId: "d1", name: "Pixel 11" });
    gateway.ask({ requestId: "r2", deviceId: "d2", name: STRANGER });
    const { page, t } = await browser.visit(`${panel.url}/instances/anna`, view);
    const pending = page.getByRole("list", { name: t("devicesPending") });
    await pending.scrollIntoViewIfNeeded();
    await see(pending.getByText(STRANGER));
    await picture(page, "pending");

    await pending.getByRole("button", { name: t("rejectDevice", { name: STRANGER }) }).click();
    await gone(pending.getByText(STRANGER));
    await pending.getByRole("button", { name: t("approveDevice", { name: "Pixel 11" }) }).click();
    const known = page.getByRole("list", { name: t("devicesPaired") });
    await see(known.getByText("Pixel 11"));
    await gone(pending);
    await picture(page, "approved");
    expect(gateway.paired.map(({ deviceId }) => deviceId)).toEqual(["d1"]);

    await known.getByRole("button", { name: t("removeDevice", { name: "Pixel 11" }) }).click();
    const dialog = page.getByRole("dialog");
    await see(dialog);
    await picture(page, "removing");
    await dialog.getByRole("button", { name: t("removeDeviceConfirm") }).click();
    await gone(dialog);
    await see(page.getByText(t("noDevices")));
    await picture(page, "none");
    expect(gateway.paired).toEqual([]);
  });

  test("a stop names the work it waits for, and ends its wait on Stop now", async () => {
    const picture = await openAlbum(`finishing-${view.language}-${view.width}`);
    gateway.work = [
      { kind: "chat-run", count: 1 },
      { kind: "cron-run", count: 1 },
    ];
    const { page, t } = await browser.visit(`${panel.url}/instances/anna`, view);
    await panel.client.batches.run.mutate({ action: "stop", ids: ["anna"] });
    await see(page.getByText(t("finishingWork")));
    await picture(page, "finishing");
    await page.getByRole("button", { name: t("stopNow", { name: "安娜" }) }).click();
    await see(page.getByText(t("stopped"), { exact: true }).first());
  });
});
