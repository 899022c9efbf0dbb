import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { speaker } from "../support/words.ts";

/** Names that the browser takes for this machine, as it would after DNS rebinding. */
const REBOUND = "--host-resolver-rules=MAP *.example 127.0.0.1";

let panel: Panel;
let chromium: Browser;
beforeAll(async () => {
  panel = await Panel.start({ rig: {}, env: { CLAW_PUBLIC_NAMES: "panel.example" } });
  await panel.create({ id: "anna", name: "Anna", start: false });
  chromium = await launchChromium(REBOUND);
});
afterAll(async () => {
  await chromium?.close();
  await panel?.[Symbol.asyncDispose]();
});

const under = (name: string) => panel.url.replace("127.0.0.1", name);

test("under a name of its own the panel is there, so that the browser does come to it", async () => {
  const page = await newWindow(chromium, DESKTOP);
  await page.goto(under("panel.example"));
  await see(page.getByRole("heading", { name: speaker("zh")("signIn") }));
  await page.context().close();
});

test("under a foreign name there is neither page nor API, whoever asks", async () => {
  const page = await newWindow(chromium, DESKTOP);
  const answer = await page.goto(under("evil.example"));
  expect(answer?.status()).toBe(403);
  const advice = page.getByRole("paragraph").filter({ hasText: "CLAW_PUBLIC_NAMES" });
  await see(advice.filter({ hasText: "重新启动面板" }));
  await see(advice.filter({ hasText: "start the panel again" }));
  expect(await page.locator("#root, script").count()).toBe(0);
  const heard = await page.evaluate(async (token) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ id: "anna" });
    const answers = [
      await fetch("/trpc/auth.state"),
      await fetch("/trpc/instances.list", { headers }),
      await fetch("/trpc/instances.start", { method: "POST", headers, body }),
      await fetch("/healthz"),
      await fetch("/early.js"),
    ];
    const socket = new WebSocket("/trpc?connectionParams=1");
    const opened = await new Promise((resolve) => {
      socket.onopen = () => resolve("opened");
      socket.onerror = () => resolve("refused");
    });
    const texts = await Promise.all(answers.map((each) => each.text()));
    return { statuses: answers.map(({ status }) => status), texts: texts.join("\n"), opened };
  }, panel.token);
  expect(heard.statuses).toEqual([403, 403, 403, 403, 403]);
  expect(heard.texts).not.toMatch(/initialized|anna|"ok":true/);
  expect(heard.opened).toBe("refused");
  expect((await panel.client.instances.get.query({ id: "anna" })).status).toBe("created");
  await page.context().close();
});
