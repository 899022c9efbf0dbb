import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MemoryGateway } from "../../packages/api/src/gateway/memory/memory-gateway.ts";
import { ask } from "../../packages/api/tests/support/opened.ts";
import { rpcGateway } from "../../packages/api/tests/support/rpc-gateway.ts";
import type { Upstream } from "../../packages/api/tests/support/upstream.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const PATH = "/wecom/callback";
const browser = useBrowser();
let panel: Panel;
let server: Upstream;
beforeEach(async () => {
  server = await rpcGateway(new MemoryGateway());
  const { answer } = server;
  server.answer = (request, response) => {
    if (request.url?.startsWith(PATH)) response.end("echo");
    else answer(request, response);
  };
  panel = await Panel.start({ rig: { startDelayMs: 50, openclawVersion: "2026.9.6" } });
  await panel.create({ id: "anna", name: "安娜", port: server.port });
});
afterEach(async () => {
  await panel?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** Calls as a channel does, without a session; with the origin of the instance. */
async function channel() {
  const { url } = await panel.client.instances.get.query({ id: "anna" });
  const { host, port, origin } = new URL(url);
  const call = async (path: string) => {
    const { status, body } = await ask(Number(port), path, { headers: { host } });
    return status === 200 ? body : status;
  };
  return { call, origin };
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a path that an operator opens on the instance's page lets a channel in, until it is closed", async () => {
    const picture = await openAlbum(`webhooks-${view.language}-${view.width}`);
    const { call, origin } = await channel();
    const { page, t } = await browser.visit(`${panel.url}/instances/anna`, view);
    const edit = page.getByRole("button", { name: t("editPaths") });
    await edit.scrollIntoViewIfNeeded();
    await see(page.getByText(t("noOpenPath")));
    await picture(page, "none");
    expect(await call(PATH)).toBe(401);

    await edit.click();
    const dialog = page.getByRole("dialog");
    const lines = dialog.getByLabel(t("pathLines"));
    const save = dialog.getByRole("button", { name: t("save"), exact: true });
    await lines.fill("/api/v1");
    await see(dialog.getByText("/api/v1/admin"));
    expect(await save.isDisabled()).toBe(true);
    await picture(page, "wrong");
    await lines.fill(PATH);
    await save.click();
    await gone(dialog);
    const list = page.getByRole("list", { name: t("openAddresses") });
    await see(list.getByText(`${origin}${PATH}`));
    await list.scrollIntoViewIfNeeded();
    await picture(page, "open");
    expect(await call(`${PATH}?echostr=1`)).toBe("echo");
    expect(await call("/chat")).toBe(401);
    // Beside the panel's own questions to the gateway, which name the panel.
    const seen = server.seen.filter(({ url }) => url.startsWith(PATH));
    expect(seen.map(({ url }) => url)).toEqual([`${PATH}?echostr=1`]);
    expect(seen[0]?.rawHeaders.join()).not.toMatch(/x-(?:claw|openclaw)-/i);

    await edit.click();
    await lines.fill("");
    await save.click();
    await gone(list);
    expect(await call(PATH)).toBe(401);
  });
});
