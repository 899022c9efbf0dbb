import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { openInstance } from "../support/instance-list.ts";
import { InstanceServer } from "../support/instance-server.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();

const answering = (status: number) => (_: unknown, response: ServerResponse) =>
  void response
    .writeHead(status, { "content-type": "text/html" })
    .end("<!doctype html><title>A gateway</title>");

/** A panel over the home of one that gave its instances links with their tokens. */
async function upgradedPanel(): Promise<Panel> {
  const rig = { startDelayMs: 50, heartbeatMs: 3_600_000, openclawVersion: "2026.9.6" };
  const former = await Panel.start({ rig, env: { CLAW_INSTANCE_DOMAIN: "none" } });
  for (const [id, name] of [
    ["anna", "Anna"],
    ["ben", "Ben"],
    ["cy", "Cy"],
  ] as const)
    await former.create({ id, name });
  const panel = await forThisTest(former.succeededBy({ rig }));
  for (const id of ["anna", "ben", "cy"]) {
    const { port } = await panel.until(id, "running");
    await forThisTest(InstanceServer.open(port, "127.0.0.1", answering(id === "ben" ? 401 : 200)));
  }
  return panel;
}

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("instances of an earlier version open through the panel, except one whose gateway refuses it", async () => {
    const panel = await upgradedPanel();
    const openings = async () =>
      (await panel.client.instances.list.query()).map(({ opensBy }) => opensBy);
    const links = async () => panel.client.instances.open.mutate({ id: "ben" });
    const link = await links();
    expect(link.url).toContain("#token=");
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    // The servers in the gateways' place have pages only, and an instance restarts after its migration:
    // the card of the devices says that it cannot ask.
    visitor.allowErrors(/(?:412 \(.+?\)|502 \(.+?\)) \(\S+instances\.pairing/);
    for (const name of ["Anna", "Ben"])
      await page.getByRole("checkbox", { name: t("choose", { name }) }).check();
    await page
      .getByRole("region", { name: t("chosenActions") })
      .getByRole("button", { name: t("viaPanel") })
      .click();
    expect(await openings(), "nothing before the answer").toEqual(
      Array.from({ length: 3 }, () => "token-migratable"),
    );
    await page
      .getByRole("dialog", { name: t("migrateManyAsk", { count: "2" }), exact: true })
      .getByRole("button", { name: t("migrateMany", { count: "2" }), exact: true })
      .click();
    const dialog = page.getByRole("dialog", {
      name: t("migrateMany", { count: "2" }),
      exact: true,
    });
    await see(dialog.getByText(t("batchSummary", { done: "1", total: "2" })));
    await see(
      dialog.getByRole("listitem").filter({ hasText: "Ben" }).getByText(t("gatewayRefuses")),
    );
    await dialog.getByRole("button", { name: t("done"), exact: true }).click();
    await gone(dialog);
    expect(await openings()).toEqual(["panel", "token-migratable", "token-migratable"]);
    expect(await links(), "Ben's link works as before").toEqual(link);
    const tab = await openInstance(visitor, "Anna");
    await expect.poll(() => tab.title()).toBe("A gateway");
    expect(new URL(tab.url()).hostname).toMatch(/^anna-[^.]+\.localhost$/);

    await page.goto(`${panel.url}/instances/cy`);
    await page.getByRole("button", { name: t("openThroughPanel") }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("migrateOne") })
      .click();
    await see(page.getByRole("dialog").getByText(t("batchSummary", { done: "1", total: "1" })));
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("done"), exact: true })
      .click();
    await gone(page.getByRole("button", { name: t("openThroughPanel") }));
    expect(await openings()).toEqual(["panel", "token-migratable", "panel"]);
  });
});
