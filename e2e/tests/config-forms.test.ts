import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MemoryGateway } from "../../packages/api/src/gateway/memory/memory-gateway.ts";
import { rpcGateway } from "../../packages/api/tests/support/rpc-gateway.ts";
import type { Upstream } from "../../packages/api/tests/support/upstream.ts";
import { accessibilityProblems } from "../support/axe.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { gone, see } from "../support/see.ts";

const text = { type: "string" };
const objectOf = (properties: object) => ({ type: "object", properties });
const SCHEMA = objectOf({
  agents: objectOf({
    defaults: objectOf({
      model: { anyOf: [text, objectOf({ primary: text })] },
      userTimezone: text,
    }),
    entries: {
      type: "object",
      additionalProperties: objectOf({
        identity: objectOf({ name: text, theme: text, emoji: text }),
      }),
    },
  }),
  logging: objectOf({
    level: { enum: ["info", "debug"], description: "Primary log level threshold." },
  }),
  channels: objectOf({
    telegram: objectOf({ enabled: { type: "boolean" }, botToken: text }),
    feishu: objectOf({ enabled: { type: "boolean" }, appId: text, appSecret: text }),
  }),
  plugins: objectOf({ entries: objectOf({ telegram: {} }) }),
});
const browser = useBrowser();
let panel: Panel;
let gateway: MemoryGateway;
let server: Upstream;
beforeEach(async () => {
  gateway = new MemoryGateway();
  server = await rpcGateway(gateway);
  const rig = { startDelayMs: 50, openclawVersion: "2026.9.6", configSchema: SCHEMA };
  panel = await Panel.start({ rig });
  await panel.create({ id: "anna", name: "安娜", port: server.port });
});
afterEach(async () => {
  await panel?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("a channel is set up in the form by keyboard: the text changes there alone, and its state follows", async () => {
    const picture = await openAlbum(`config-forms-${view.language}-${view.width}`);
    const { page, t } = await browser.visit(`${panel.url}/instances/anna/config`, view);
    const original = await panel.readConfig("anna");
    await page.getByRole("button", { name: t("form"), exact: true }).focus();
    await page.keyboard.press("Enter");
    const form = page.getByRole("region", { name: t("configForm") });
    await see(form.getByText("@openclaw/feishu"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, "empty");

    await form.getByRole("button", { name: t("setUpChannel", { name: "Telegram" }) }).focus();
    await page.keyboard.press("Enter");
    await form.getByLabel(t("botToken")).fill("123:abc");
    await see(page.getByText(t("unsaved")));
    await page.keyboard.press("ControlOrMeta+s");
    await gone(page.getByText(t("unsaved")));
    const saved = await panel.readConfig("anna");
    expect(saved).toContain('botToken: "123:abc"');
    const [start, end] = sharedEnds(original, saved);
    expect(start + end).toBe(original.length);

    const telegram = form.getByRole("region", { name: "Telegram" });
    gateway.channels = [
      {
        ...{ channel: "telegram", account: null, isEnabled: true, isConfigured: true },
        ...{ isRunning: true, isConnected: false, problem: "401: Unauthorized" },
      },
    ];
    await see(telegram.getByText("401: Unauthorized"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, "refused");
    gateway.channels = gateway.channels.map((one) => ({ ...one, isConnected: true }));
    await see(telegram.getByText(t("connected"), { exact: true }));
    await picture(page, "connected");

    await page.getByRole("button", { name: t("text"), exact: true }).click();
    await see(page.getByRole("textbox", { name: t("configOf", { name: "安娜" }) }));
    await page.getByRole("textbox", { name: t("configOf", { name: "安娜" }) }).focus();
    for (let pressed = 0; pressed < 10; pressed++) await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+s");
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(original);
  });
});

/** The lengths of what two texts share at their beginnings and ends. */
function sharedEnds(before: string, after: string): [number, number] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [start, end];
}
