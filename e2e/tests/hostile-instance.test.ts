import { createClawClient } from "@claw/api";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NAIVE_COOKIE, NaiveProxy } from "../../packages/api/tests/support/naive-proxy.ts";
import { ask } from "../../packages/api/tests/support/opened.ts";
import { DESKTOP, useBrowser } from "../support/browser.ts";
import { hostileAnswer } from "../support/hostile-answer.ts";
import { openInstance } from "../support/instance-list.ts";
import { InstanceServer } from "../support/instance-server.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";

const browser = useBrowser();
let panel: Panel;
let anna: InstanceServer;
let ben: InstanceServer;
/** The origins of both, as browsers see them. */
const origins = { anna: "", ben: "" };
const naive: NaiveProxy[] = [];

beforeAll(async () => {
  panel = await Panel.start({
    rig: { startDelayMs: 50, heartbeatMs: 3_600_000, openclawVersion: "2026.9.6" },
  });
  const [first, second] = [
    await panel.create({ id: "anna", name: "Anna" }),
    await panel.create({ id: "ben", name: "Ben" }),
  ];
  anna = await InstanceServer.open(first.port, "127.0.0.1", hostileAnswer);
  ben = await InstanceServer.open(second.port, "127.0.0.1", hostileAnswer);
  origins.anna = new URL(first.url).origin;
  origins.ben = new URL(second.url).origin;
  for (const { port } of [first, second]) naive.push(await NaiveProxy.open(port));
});
afterAll(async () => {
  for (const each of [...naive, anna, ben, panel]) await each?.[Symbol.asyncDispose]();
});

/** Somebody who has two instances open, of which the page of the first is hostile. */
interface Victim {
  /** The hostile page. */
  tab: Page;
  /** The origin of the other instance. */
  other: string;
}

/** With the panel: its user has pressed Open for both. */
async function ours(): Promise<Victim> {
  const visitor = await browser.visit(`${panel.url}/instances`);
  // The attacking page's own failures.
  visitor.allowErrors(/./);
  const second = await openInstance(visitor, "Ben");
  await expect.poll(() => second.url()).toBe(`${origins.ben}/`);
  await visitor.page.bringToFront();
  const tab = await openInstance(visitor, "Anna");
  await expect.poll(() => tab.url()).toBe(`${origins.anna}/`);
  await expect.poll(() => tab.title()).toBe("hostile");
  return { tab, other: origins.ben };
}

/** With a proxy of the same instances that tells them apart by their ports. */
async function naively(): Promise<Victim> {
  const [own = "", other = ""] = naive.map(({ port }) => `http://localhost:${port}`);
  const visitor = await browser.visit(panel.url, DESKTOP, null);
  visitor.allowErrors(/./);
  const [name = "", value = ""] = NAIVE_COOKIE.split("=");
  const cookie = { name, value, domain: "localhost", path: "/", httpOnly: true };
  await visitor.page.context().addCookies([{ ...cookie, sameSite: "Strict" }]);
  await visitor.page.goto(own);
  return { tab: visitor.page, other };
}

/** The status that somebody gets who goes there by a bookmark; 0: the browser shows an error. */
async function statusAt(tab: Page, url: string): Promise<number> {
  const page = await tab.context().newPage();
  const status = await page.goto(url).then(
    (answer) => answer?.status() ?? 0,
    () => 0,
  );
  await page.close();
  return status;
}

/** How many characters of them the page can read afterwards. */
function floodWithCookies(tab: Page): Promise<number> {
  return tab.evaluate(() => {
    for (let count = 0; count < 60; count++)
      for (const where of ["", "; domain=localhost"]) {
        // biome-ignore lint/suspicious/noDocumentCookie: as an attacker would, who wants no answer
        document.cookie = `bomb${count}=${"x".repeat(3_000)}; path=/${where}`;
      }
    // Another tab sees them once the browser has stored them, which a reading waits for.
    return document.cookie.length;
  });
}

/** Each says whether the attack of the hostile page succeeds. */
const ATTACKS: Record<string, (victim: Victim) => Promise<boolean>> = {
  "the container is sent its user's cookie": async ({ tab }) => {
    anna.requests.length = 0;
    await tab.reload();
    return anna.requests.some(({ headers }) => headers.cookie !== undefined);
  },
  "a POST to another instance": async ({ tab, other }) => {
    await tab.evaluate(
      (url) =>
        fetch(url, { method: "POST", mode: "no-cors", credentials: "include" }).catch(
          () => undefined,
        ),
      `${other}/invoke`,
    );
    return ben.saw("POST /invoke");
  },
  "a WebSocket to another instance": async ({ tab, other }) => {
    await tab.evaluate(
      (url) =>
        new Promise((resolve) => {
          try {
            const socket = new WebSocket(url);
            // A connection that the policy forbids ends in an error.
            for (const type of ["close", "error"]) socket.addEventListener(type, resolve);
          } catch (error) {
            resolve(error);
          }
        }),
      `${other.replace("http", "ws")}/socket`,
    );
    return ben.saw("UPGRADE /socket");
  },
  "another instance in a frame": async ({ tab, other }) => {
    await tab.evaluate(
      (src) =>
        new Promise((resolve) => {
          const frame = Object.assign(document.createElement("iframe"), { src });
          frame.addEventListener("load", resolve);
          document.body.append(frame);
        }),
      `${other}/framed`,
    );
    return ben.saw("GET /framed");
  },
  "a service worker": ({ tab }) =>
    tab.evaluate(() =>
      navigator.serviceWorker.register("/worker.js").then(
        () => true,
        () => false,
      ),
    ),
  "a cookie from the container": async ({ tab }) => {
    await tab.evaluate(() => fetch("/plant"));
    return (await tab.context().cookies()).some(({ name }) => name === "planted");
  },
  "the container clears what the browser keeps": async ({ tab }) => {
    await tab.evaluate(() => fetch("/clear").catch(() => undefined));
    return (await tab.evaluate(() => fetch("/after").then(({ status }) => status))) !== 200;
  },
  "cookies beyond all measure, against another instance": async ({ tab, other }) => {
    expect(await floodWithCookies(tab)).toBeGreaterThan(50_000);
    return (await statusAt(tab, other)) !== 200;
  },
};

describe("a hostile page of an instance, in Chromium", () => {
  test.each(Object.entries(ATTACKS))("%s: naively, and not here", async (_, attack) => {
    const succeeds = async (victim: Victim) => {
      ben.requests.length = 0;
      return attack(victim);
    };
    expect([await succeeds(await naively()), await succeeds(await ours())]).toEqual([true, false]);
  });

  test("leaves the panel and the session of its user as they were, whatever it does", async () => {
    const victim = await ours();
    for (const attack of Object.values(ATTACKS)) await attack(victim);
    expect(await statusAt(victim.tab, panel.url)).toBe(200);
    expect(await statusAt(victim.tab, victim.other)).toBe(200);
    expect(await victim.tab.evaluate(() => document.cookie)).not.toContain("__Host");
  });

  test("that floods its own address with cookies leads to a page that names the cookies to clear", async () => {
    const { tab } = await ours();
    await floodWithCookies(tab);
    const answered = await tab.goto(origins.anna);
    expect(answered?.status()).toBe(431);
    await see(tab.getByText("请在浏览器里清除这个地址的 Cookie"));
    await see(tab.getByText("Clear the cookies of this address"));
    // As its reader does; the log-in at the panel stays.
    await tab.context().clearCookies({ domain: new URL(origins.anna).hostname });
    await tab.goto(origins.anna);
    await expect.poll(() => tab.title()).toBe("hostile");
  });

  test("cannot plant a session", async () => {
    const { tab } = await ours();
    const before = await tab.context().cookies();
    const label = new URL(origins.anna).hostname.split(".")[0];
    await tab.evaluate((name) => {
      for (const each of [name, name.toLowerCase()]) {
        // biome-ignore lint/suspicious/noDocumentCookie: the way that takes any attribute
        document.cookie = `${each}=planted; Path=/; Secure; SameSite=Strict`;
      }
    }, `__Host-Http-i-${label}`);
    expect(await tab.context().cookies()).toEqual(before);
  });

  test("finds nothing of the panel's where it is", async () => {
    const { tab } = await ours();
    const found = await tab.evaluate(async () => ({
      opener: window.opener,
      referrer: document.referrer,
      cookie: document.cookie,
      windowName: window.name,
      stored: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
      databases: await indexedDB.databases(),
    }));
    const nothing = { opener: null, cookie: "", windowName: "", stored: [], databases: [] };
    expect(found).toMatchObject(nothing);
    expect(found.referrer).not.toContain(panel.url);
    const session = await tab.context().storageState();
    const tokens = session.origins.flatMap(({ localStorage }) => localStorage);
    const dump = JSON.stringify(anna.requests);
    for (const { value } of [...tokens, ...session.cookies])
      if (value.length > 20) expect(dump).not.toContain(value);
    for (const secret of ["cookie", "authorization", panel.token, "ticket"])
      expect(dump).not.toContain(secret);
  });

  test("leads its reader to full access only by their own choice", async () => {
    const { tab } = await ours();
    const label = new URL(origins.anna).hostname.split(".")[0];
    anna.requests.length = 0;
    await tab.evaluate((url) => {
      window.location.href = url;
    }, `${panel.url}/open/anna/${label}?access=full`);
    await see(tab.getByRole("button", { name: "以完全权限打开" }));
    // The panel's own questions come at any time.
    expect(anna.requests.filter(({ url }) => !url.startsWith("/api/v1/admin/"))).toEqual([]);
    await tab.getByRole("button", { name: "以完全权限打开" }).click();
    await expect.poll(() => tab.url()).toBe(`${origins.anna}/`);
  });
});

test("a bookmark of an instance leads through the panel and back to its place", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  await visitor.page.goto(`${origins.anna}/chat?x=1`);
  await expect.poll(() => visitor.page.url()).toBe(`${origins.anna}/chat?x=1`);
  await expect.poll(() => visitor.page.title()).toBe("hostile");
});

test("the panel's page names the instance whose handshakes lose their upgrade in a proxy", async () => {
  const visitor = await browser.visit(`${panel.url}/instances`);
  visitor.allowErrors(/./);
  const tab = await openInstance(visitor, "Anna");
  await expect.poll(() => tab.url()).toBe(`${origins.anna}/`);
  const { host, port } = new URL(origins.anna);
  const cookies = (await tab.context().cookies(origins.anna)).map(
    (each) => `${each.name}=${each.value}`,
  );
  const lost = { origin: origins.anna, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
  const headers = { host, cookie: cookies.join("; "), ...lost };
  expect((await ask(Number(port), "/", { headers })).status).toBe(426);
  await visitor.page.bringToFront();
  await visitor.page.goto(panel.url);
  await see(visitor.page.getByText("到 Anna 的 WebSocket 没有被放行"));
  await see(visitor.page.getByText("proxy_set_header Upgrade $http_upgrade;"));
});

test("a log-out cuts what is open, and the address then asks to log in", async () => {
  const { tab } = await ours();
  const cut = tab.evaluate(async () => {
    const reader = (await fetch("/stream")).body?.getReader();
    document.title = "begun";
    try {
      for (;;) if ((await reader?.read())?.done !== false) return "complete";
    } catch (error) {
      return String(error);
    }
  });
  await expect.poll(() => tab.title()).toBe("begun");
  const { origins: stored } = await tab.context().storageState();
  const token = stored
    .flatMap(({ localStorage }) => localStorage)
    .find(({ name }) => name === "claw.session")?.value;
  await createClawClient({ url: panel.url, token: token ?? "" }).auth.logout.mutate();
  expect(await cut).toMatch(/network|aborted|terminated/i);
  expect(await tab.evaluate(() => fetch("/after").then(({ status }) => status))).toBe(401);
});
