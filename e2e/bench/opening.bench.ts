import type { Bench } from "../../packages/api/bench/bench.ts";
import { median } from "../../packages/api/bench/statistics.ts";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { ADMIN, signedInStorage } from "../support/session.ts";

const ID = "bench-opening";
/** The answer of OpenClaw's gateway to a Control UI that it lets in. */
const CONNECTED = '"hello-ok"';
const START_WITHIN_MS = 180_000;
const CONNECT_WITHIN_MS = 60_000;

/** From a click on Open to a connected Control UI of the real OpenClaw. */
export const opening: Bench = {
  name: "opening",
  async run(context) {
    await using panel = await Panel.start({ engine: "docker", image: context.images.openclaw });
    await panel.create({ id: ID, name: ID });
    const browser = await launchChromium();
    try {
      const page = await newWindow(browser, DESKTOP, await signedInStorage(panel.url, ADMIN));
      await page.goto(`${panel.url}/instances/${ID}`);
      const open = page.getByRole("button", { name: "打开", exact: true });
      await open.click({ trial: true, timeout: START_WITHIN_MS });
      const ours: number[] = [];
      for (let round = 0; round < (context.quick ? 1 : 9); round++) {
        await context.quietMoment();
        const popup = page.context().waitForEvent("page");
        const begun = performance.now();
        await open.click();
        const tab = await popup;
        const connected = Promise.withResolvers<void>();
        tab.on("websocket", (socket) =>
          socket.on("framereceived", ({ payload }) => {
            if (String(payload).includes(CONNECTED)) connected.resolve();
          }),
        );
        const timer = setTimeout(
          () => connected.reject(new Error("the Control UI did not connect")),
          CONNECT_WITHIN_MS,
        );
        await connected.promise.finally(() => clearTimeout(timer));
        ours.push(performance.now() - begun);
        context.say(`opening: ${ours.at(-1)?.toFixed(0)} ms`);
        await tab.close();
        await page.bringToFront();
      }
      return [
        {
          name: "click → connected, OpenClaw",
          unit: "ms",
          value: median(ours),
          target: { value: "atMost", bar: 3_000 },
          samples: { ours },
        },
      ];
    } finally {
      await panel.removeAll();
      await browser.close();
    }
  },
};
