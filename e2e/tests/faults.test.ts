import { describe, expect, test } from "vitest";
import { DESKTOP, useBrowser, VIEWS } from "../support/browser.ts";
import { CuttableProxy } from "../support/cuttable-proxy.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { goTo } from "../support/go-to.ts";
import { createByForm, press, seeStatus } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";
import { PlainProxy } from "../support/plain-proxy.ts";
import { gone, see } from "../support/see.ts";

const browser = useBrowser();
const IMAGE = "registry.invalid/openclaw:1";

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("with the memory engine, every page says that its containers are not real", async () => {
    const panel = await forThisTest(Panel.start());
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    const { page, t } = visitor;
    const banner = page.getByRole("status").filter({ hasText: t("memoryBanner") });
    await see(banner);
    for (const place of ["jobs", "system", "instances"] as const) {
      await goTo(visitor, place);
      await see(page.getByRole("heading", { level: 1, name: t(place) }));
      await see(banner);
    }
  });

  test("without the image nothing can be created, the page says so and gets it", async () => {
    const panel = await forThisTest(Panel.start({ image: IMAGE, rig: { images: [] } }));
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    visitor.allowErrors(/412 \(Precondition Failed\)/);
    const { page, t } = visitor;
    const failed = page.getByRole("alert").filter({ hasText: t("imageFailed", { image: IMAGE }) });
    await see(failed);
    const dialog = await createByForm(visitor, { name: "Anna" });
    await see(dialog.getByRole("alert").getByText(t("imageMissingError")));
    await dialog.getByRole("button", { name: t("cancel") }).click();

    await panel.outside("setRegistry", "sends half");
    await failed.getByRole("button", { name: t("retry") }).click();
    const getting = page
      .getByRole("status")
      .filter({ hasText: t("imageGetting", { image: IMAGE }) });
    await see(getting);
    const progress = getting.getByRole("progressbar");
    await expect.poll(() => progress.getAttribute("aria-valuenow")).toBe("0.5");
    await panel.outside("setRegistry", "sends all");
    await gone(getting);
    await createByForm(visitor, { name: "Anna" });
    await page.getByRole("button", { name: t("done") }).click();
    await seeStatus(visitor, "Anna", "running");
  });

  test("with Docker away the page says so, and names the reason at what cannot be done", async () => {
    const panel = await forThisTest(
      Panel.start({
        engine: "docker",
        env: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
      }),
    );
    const visitor = await browser.visit(`${panel.url}/instances`, view);
    visitor.allowErrors(/503 \(Service Unavailable\)/);
    const { page, t } = visitor;
    const banner = page.getByRole("alert").filter({ hasText: t("engineAway") });
    await see(banner);
    await expect.poll(() => banner.textContent()).toContain("/nowhere/docker.sock");
    await see(banner.getByRole("button", { name: t("checkAgain") }));
    const dialog = await createByForm(visitor, { name: "Anna" });
    await see(dialog.getByRole("alert").getByText(t("engineUnreachable")));
    expect(await panel.client.instances.list.query()).toEqual([]);
  });

  test("a panel that goes away leaves the page greyed, with what it knew; it comes back by itself", async () => {
    const panel = await forThisTest(Panel.start({ rig: { startDelayMs: 100 } }));
    const proxy = await forThisTest(CuttableProxy.open(panel.url));
    await panel.create({ id: "anna", name: "Anna" });
    const visitor = await browser.visit(`${proxy.url}/instances`, view);
    visitor.allowErrors(/WebSocket connection/, /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/);
    const { page, t } = visitor;
    await seeStatus(visitor, "Anna", "running");
    proxy.cut();
    await see(page.getByText(t("connectionLost")));
    await seeStatus(visitor, "Anna", "running");
    await press(visitor, "stopNamed", "Anna");
    await see(page.getByText(t("stopFailed", { name: "Anna" })));
    await panel.create({ id: "boris", name: "Boris" });
    proxy.mend();
    await gone(page.getByText(t("connectionLost")));
    await seeStatus(visitor, "Boris", "running");
  });
});

test("a page that did not load says so, and comes when it can be loaded", async () => {
  const panel = await forThisTest(Panel.start());
  const { page, t, allowErrors } = await browser.visit(`${panel.url}/instances`);
  allowErrors(/ERR_CONNECTION_REFUSED/);
  const chunk = "**/assets/jobs-page-*.js";
  await page.route(chunk, (route) => route.abort("connectionrefused"));
  await page.reload();
  await page.getByRole("link", { name: t("jobs") }).click();
  await see(page.getByRole("status").filter({ hasText: t("partMissing") }));
  await page.unroute(chunk);
  await see(page.getByRole("heading", { level: 1, name: t("jobs") }));
  await gone(page.getByText(t("partMissing")));
});

test("what a page asks while a network of its machine comes or goes is asked again", async () => {
  const panel = await forThisTest(Panel.start());
  const { page, t, allowErrors } = await browser.visit(panel.url);
  allowErrors(/ERR_NETWORK_CHANGED|ERR_FAILED/);
  let lost = 0;
  await page.route("**/trpc/network.status", (route) =>
    lost++ === 0 ? route.abort("failed") : route.continue(),
  );
  await page.goto(`${panel.url}/network`);
  await see(page.getByRole("button", { name: t("testNames"), exact: true }));
  expect(lost).toBe(2);
});

test("an engine that goes away makes every status unknown, and its return makes them known", async () => {
  const panel = await forThisTest(Panel.start({ rig: { startDelayMs: 100 } }));
  await panel.create({ id: "anna", name: "Anna" });
  await panel.create({ id: "boris", name: "Boris", start: false });
  const visitor = await browser.visit(`${panel.url}/instances`);
  const { page, t } = visitor;
  await seeStatus(visitor, "Anna", "running");
  await panel.outside("setReachable", false);
  await see(page.getByRole("alert").filter({ hasText: t("engineAway") }));
  for (const name of ["Anna", "Boris"]) await seeStatus(visitor, name, "unknown");
  await panel.outside("setReachable", true);
  await gone(page.getByText(t("engineAway")));
  await seeStatus(visitor, "Anna", "running");
  await seeStatus(visitor, "Boris", "created");
});

test("a container that is removed behind the panel's back is made again by a start", async () => {
  const panel = await forThisTest(Panel.start({ rig: { startDelayMs: 100 } }));
  await panel.create({ id: "anna", name: "Anna" });
  const visitor = await browser.visit(`${panel.url}/instances`, { ...DESKTOP, language: "en" });
  await seeStatus(visitor, "Anna", "running");
  await panel.outside("removeOutside", "anna");
  await seeStatus(visitor, "Anna", "error");
  await press(visitor, "startNamed", "Anna");
  await seeStatus(visitor, "Anna", "running");
});

test("a browser that goes offline says so at once, and is connected again when it is back", async () => {
  const panel = await forThisTest(Panel.start({ rig: {} }));
  const visitor = await browser.visit(`${panel.url}/instances`);
  visitor.allowErrors(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection/);
  const { page, t } = visitor;
  await see(page.getByText(t("connected"), { exact: true }));
  await page.context().setOffline(true);
  await see(page.getByText(t("connectionLost")), 3_000);
  await page.context().setOffline(false);
  await gone(page.getByText(t("connectionLost")));
});

test("behind a proxy that lets no WebSocket through, the page says so and what to set", async () => {
  const panel = await forThisTest(Panel.start({ rig: {} }));
  const proxy = await forThisTest(PlainProxy.open(panel.url, { keepsHost: true }));
  const visitor = await browser.visit(`${proxy.url}/instances`);
  visitor.allowErrors(/WebSocket connection/);
  const banner = visitor.page.getByRole("alert").filter({ hasText: "WebSocket" });
  await see(banner, 30_000);
  expect(await banner.textContent()).toContain("proxy_set_header Upgrade $http_upgrade;");
});
