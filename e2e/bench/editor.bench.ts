import type { Page } from "playwright-core";
import type { Bench } from "../../packages/api/bench/bench.ts";
import { quantile } from "../../packages/api/bench/statistics.ts";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { ADMIN, signedInStorage } from "../support/session.ts";

const ID = "bench-editor";
/** A busy machine needs that long to print the schema and to compile it. */
const SCHEMA_WITHIN_MS = 120_000;
/** Somebody who types fast; the list of keys opens and narrows meanwhile. */
const KEY_EVERY_MS = 120;
const TYPED =
  'channels: { telegram: { enabled: true, dmPolicy: "open", groups: { } } }, logging: { level: "debug" }, ';

/** As text: it runs in the page, whose types the bench does not have. */
const WATCH = `
  window.keyTimes = [];
  window.listTimes = [];
  const afterPaint = (run) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  });
  const whenListed = (run) => requestAnimationFrame(() =>
    document.querySelector(".cm-tooltip-autocomplete li") ? afterPaint(run) : whenListed(run));
  addEventListener("keydown", ({ timeStamp, ctrlKey, code }) => {
    if (ctrlKey && code === "Space")
      whenListed(() => window.listTimes.push(performance.now() - timeStamp));
    else if (!ctrlKey) afterPaint(() => window.keyTimes.push(performance.now() - timeStamp));
  }, true);
`;

const SCHEMA_IS_READ = `performance.getEntriesByType("resource").some(({ name, responseEnd }) =>
  name.includes("/schemas/") && responseEnd > 0)`;

async function list(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Space");
  await see(page.getByRole("option").first());
}

/** Typing and completing in the configuration of an instance, with OpenClaw's whole schema. */
export const editor: Bench = {
  name: "editor",
  async run(context) {
    await using panel = await Panel.start({ engine: "docker", image: context.images.openclaw });
    await panel.create({ id: ID, name: ID, start: false });
    await panel.client.instances.prepareChecks.query({ id: ID });
    const browser = await launchChromium();
    try {
      const page = await newWindow(browser, DESKTOP, await signedInStorage(panel.url, ADMIN));
      await page.addInitScript({ content: WATCH });
      await page.goto(`${panel.url}/instances/${ID}/config`);
      const text = page.getByRole("textbox", { name: `${ID} 的配置` });
      await text.focus({ timeout: SCHEMA_WITHIN_MS });
      for (const key of ["ControlOrMeta+Home", "End", "Enter"]) await page.keyboard.press(key);
      await page.waitForFunction(SCHEMA_IS_READ, null, { timeout: SCHEMA_WITHIN_MS });
      await list(page);
      const rounds = context.quick ? 1 : 5;
      for (let round = 0; round < rounds; round++) {
        await context.quietMoment();
        for (let turn = 0; turn < 10; turn++) await list(page);
        await page.keyboard.press("Escape");
        await page.keyboard.type(TYPED, { delay: KEY_EVERY_MS });
        await page.keyboard.press("ControlOrMeta+a");
        for (const key of ["Delete", "{", "Enter"]) await page.keyboard.press(key);
      }
      const keys = await page.evaluate<number[]>("window.keyTimes");
      const lists = await page.evaluate<number[]>("window.listTimes");
      return [
        {
          name: "a key in the editor with OpenClaw's schema → painted, p95",
          unit: "ms",
          value: quantile(keys, 0.95),
          target: { value: "atMost", bar: 50 },
          samples: { ours: keys },
        },
        {
          name: "Ctrl-Space → list of keys, p95",
          unit: "ms",
          value: quantile(lists, 0.95),
          target: { value: "atMost", bar: 100 },
          samples: { ours: lists },
        },
      ];
    } finally {
      await panel.removeAll();
      await browser.close();
    }
  },
};
