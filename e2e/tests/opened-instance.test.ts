import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { openInstance } from "../support/instance-list.ts";
import { InstanceServer } from "../support/instance-server.ts";
import { Panel } from "../support/panel.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50 } });
  await panel.create({ id: "anna", name: "Anna" });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

/** Everything of the panel that a page could find where it is. */
const reachable = (tab: Page) =>
  tab.evaluate(async () => ({
    opener: window.opener,
    parent: window.parent === window,
    referrer: document.referrer,
    cookie: document.cookie,
    windowName: window.name,
    stored: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }));

test("an instance that the administrator opens is sent nothing of the panel's, and finds nothing", async () => {
  const { port } = await panel.client.instances.get.query({ id: "anna" });
  const instance = await forThisTest(InstanceServer.open(port));
  // Another program, at the other address that `localhost` stands for.
  const other = await forThisTest(InstanceServer.open(port, "::1"));
  // By the name of the instance's own address: cookies, if there were any, would be sent to both.
  const visitor = await browser.visit(`${panel.url}/instances`);
  visitor.allowErrors(/WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/socket' failed/);
  const { page } = visitor;
  const session = await page.evaluate(() => localStorage.getItem("claw.session"));
  expect(session).toMatch(/\S{40}/);

  const tab = await openInstance(visitor, "Anna");
  await expect.poll(() => tab.title()).toBe("asked everything");
  const link = (await panel.client.instances.open.mutate({ id: "anna" })).url;
  expect(tab.url(), "it was opened by its link").toBe(link);

  expect(other.requests, "the link names the one address").toEqual([]);
  const asked = instance.requests.map(({ method, url }) => `${method} ${url}`);
  for (const request of ["GET /", "GET /fetched", "UPGRADE /socket"])
    expect(asked).toContain(request);
  const dump = JSON.stringify(instance.requests);
  for (const secret of [session, panel.token, new URL(link).hash.replace("#token=", "")])
    expect(dump).not.toContain(secret);
  for (const { url, headers } of instance.requests) {
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("authorization");
    // Of its own page, for what that asks for.
    expect(headers.referer).toBe(
      headers.referer && url !== "/" ? `http://127.0.0.1:${port}/` : undefined,
    );
  }
  expect(await reachable(tab)).toEqual({
    opener: null,
    parent: true,
    referrer: "",
    cookie: "",
    windowName: "",
    stored: [],
    databases: [],
    caches: [],
  });
  expect(await page.context().cookies(), "the panel itself has none").toEqual([]);
});
