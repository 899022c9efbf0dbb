import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnotherMachine, anotherMachine, ON_THE_NETWORK } from "../support/another-machine.ts";
import { DESKTOP, newWindow } from "../support/browser.ts";
import { seeConnected } from "../support/control-ui.ts";
import { OPENCLAW_IMAGE, uniqueId } from "../support/docker.ts";
import { Panel } from "../support/panel.ts";
import { openAlbum } from "../support/pictures.ts";
import { see } from "../support/see.ts";
import { speaker } from "../support/words.ts";

/** Without the start of the instance. */
const WITHIN_MS = 60_000;

let panel: Panel;
let machine: AnotherMachine;
beforeAll(async () => {
  panel = await Panel.start({ image: OPENCLAW_IMAGE, env: ON_THE_NETWORK });
  machine = await anotherMachine(panel);
});
afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await panel?.removeAll();
  await panel?.[Symbol.asyncDispose]();
});

test("a colleague gets from the invitation to the connected Control UI of the real OpenClaw, over TLS and without a token", {
  timeout: 400_000,
}, async () => {
  const id = uniqueId("li");
  const t = speaker("zh");
  const picture = await openAlbum("colleague");
  const { url } = await panel.client.users.invite.mutate({
    username: id,
    displayName: "李四",
    instance: { id, name: "李四" },
  });
  expect((await panel.until(id, "running")).status).toBe("running");

  const began = performance.now();
  const page = await newWindow(machine.browser, DESKTOP);
  await page.goto(url);
  await see(page.getByRole("heading", { name: t("welcome", { name: "李四" }) }));
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  await picture(page, "invited");
  await page.getByLabel(t("newPassword"), { exact: true }).fill("five lamps behind a door");
  await page.getByLabel(t("repeatPassword"), { exact: true }).fill("five lamps behind a door");
  await page.getByRole("button", { name: t("setPasswordAndSignIn") }).click();
  await see(page.getByRole("heading", { level: 1, name: t("myInstances") }));
  await picture(page, "home");
  const tabs = page.waitForEvent("popup");
  await page.getByRole("button", { name: t("openNamed", { name: "李四" }) }).click();
  const controlUi = await tabs;
  const { host, protocol } = new URL((await panel.client.instances.get.query({ id })).url);
  expect(protocol).toBe("https:");
  expect(host).toMatch(new RegExp(`^claw-${id}-[0-9a-f]{10}\\.internal:\\d+$`));
  await seeConnected(controlUi, { language: "zh", host });
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  await picture(controlUi, "control-ui");
  const kept = await controlUi.evaluate(() =>
    JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toMatch(/__Host-|token=|"token":"[^"]/);
  await page.context().close();
});
