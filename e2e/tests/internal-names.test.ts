import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  type AnotherMachine,
  anotherMachine,
  ON_THE_NETWORK,
  RESOLVED,
} from "../support/another-machine.ts";
import { DESKTOP, launchChromium, newWindow, type Visitor } from "../support/browser.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { openInstance } from "../support/instance-list.ts";
import { InstanceServer } from "../support/instance-server.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { speaker } from "../support/words.ts";

/** The stub takes no WebSocket, and the answer to a typed address without TLS leads on. */
const EXPECTED = /\/socket|Cross-Origin-Opener-Policy header has been ignored/;

/** Its own requests and a WebSocket must go where it came from. */
const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>loaded</title><script>
fetch("/fetched").then(() => {
  const socket = new WebSocket("wss://" + location.host + "/socket");
  socket.onclose = () => (document.title = isSecureContext ? "in order" : "insecure");
});
</script>`;

let panel: Panel;
let trusting: AnotherMachine;
let doubting: Browser;

beforeAll(async () => {
  panel = await Panel.start({
    rig: { startDelayMs: 50, heartbeatMs: 3_600_000, openclawVersion: "2026.9.6" },
    env: ON_THE_NETWORK,
  });
  await panel.create({ id: "anna", name: "Anna" });
  trusting = await anotherMachine(panel);
  doubting = await launchChromium(RESOLVED);
});
afterAll(async () => {
  await trusting?.[Symbol.asyncDispose]();
  await doubting?.close();
  await panel?.[Symbol.asyncDispose]();
});

/** The administrator, at another machine. */
async function visit(at: string): Promise<Visitor> {
  const localStorage = [{ name: "claw.session", value: panel.token }];
  const storage = { cookies: [], origins: [{ origin: panel.shownUrl, localStorage }] };
  const page = await newWindow(trusting.browser, DESKTOP, storage);
  onTestFinished(() => page.context().close());
  const errors: string[] = [];
  const collect = (each: Page) =>
    each.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
  collect(page);
  page.context().on("page", collect);
  await page.goto(`${panel.shownUrl}${at}`);
  onTestFinished(() => {
    expect(errors.filter((text) => !EXPECTED.test(text))).toEqual([]);
  });
  return { page, t: speaker("zh"), view: DESKTOP, allowErrors: () => undefined };
}

test("from another machine an instance opens at its own name below internal, over TLS", async () => {
  expect(panel.shownUrl).toMatch(/^https:\/\/panel\.internal:\d+$/);
  const { port, url } = await panel.client.instances.get.query({ id: "anna" });
  expect(url).toMatch(/^https:\/\/claw-anna-[0-9a-f]{10}\.internal:\d+\/$/);
  const instance = await forThisTest(
    InstanceServer.open(port, "127.0.0.1", (_request, response) => {
      response.setHeader("content-type", "text/html").end(PAGE);
    }),
  );
  const visitor = await visit("/instances");
  const tab = await openInstance(visitor, "Anna");
  await expect.poll(() => tab.url()).toBe(url);
  await expect.poll(() => tab.title()).toBe("in order");
  for (const request of ["GET /", "GET /fetched", "UPGRADE /socket"])
    expect(instance.saw(request)).toBe(true);
  for (const { headers } of instance.requests) expect(headers).not.toHaveProperty("cookie");
  const cookies = await tab.context().cookies();
  expect(cookies.map(({ domain, secure, httpOnly }) => ({ domain, secure, httpOnly }))).toEqual([
    { domain: new URL(url).hostname, secure: true, httpOnly: true },
  ]);

  // A typed address, without the scheme.
  const typed = await tab.context().newPage();
  await typed.goto(url.replace("https:", "http:"));
  expect(typed.url()).toBe(url);
});

test("the page Network hands out the authority, and finds that names lead to the panel", async () => {
  const { page, t } = await visit("/network");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: t("downloadCertificate") }).click();
  expect((await downloading).suggestedFilename()).toBe("claw-ca.crt");
  const { certificate } = await panel.client.network.status.query();
  const fingerprint = certificate.kind === "authority" ? certificate.fingerprint : "none";
  await see(page.getByText(fingerprint, { exact: true }));
  await page.getByRole("button", { name: t("testNames"), exact: true }).click();
  await see(page.getByText(t("namesReachedSecurely")));
  await see(page.getByText(t("socketsPass")));
});

test("without the import, that page says what is missing", async () => {
  const t = speaker("zh");
  const origin = panel.shownUrl.replace("https:", "http:");
  const localStorage = [{ name: "claw.session", value: panel.token }];
  const storage = { cookies: [], origins: [{ origin, localStorage }] };
  const page = await newWindow(doubting, DESKTOP, storage);
  onTestFinished(() => page.context().close());
  await page.goto(`${origin}/network`);
  await page.getByRole("button", { name: t("testNames"), exact: true }).click();
  await see(page.getByText(t("notTrusted")));
  await see(page.getByText(t("plainPage")));
});

test("a browser without the import warns, and comes back to plain HTTP as before", async () => {
  const page = await newWindow(doubting, DESKTOP);
  onTestFinished(() => page.context().close());
  await expect(page.goto(panel.shownUrl)).rejects.toThrow("ERR_CERT_AUTHORITY_INVALID");
  const plain = await page.context().newPage();
  await plain.goto(panel.shownUrl.replace("https:", "http:"));
  await see(plain.getByRole("heading", { name: speaker("zh")("signIn") }));
});
