import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useBrowser, type Visitor } from "../support/browser.ts";
import { openInstance, press, seeStatus } from "../support/instance-list.ts";
import { InstanceServer } from "../support/instance-server.ts";
import { Panel } from "../support/panel.ts";

const browser = useBrowser();
let panel: Panel;
let instance: InstanceServer;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50, heartbeatMs: 3_600_000 } });
  const { port } = await panel.create({ id: "anna", name: "Anna" });
  instance = await InstanceServer.open(port);
});
afterAll(async () => {
  await instance?.[Symbol.asyncDispose]();
  await panel?.[Symbol.asyncDispose]();
});

/** All that an attack could change. */
async function everything() {
  const { instances, users, backups, tokens, jobs } = panel.client;
  return JSON.stringify([
    await instances.list.query(),
    await users.list.query(),
    await backups.list.query(),
    await tokens.list.query(),
    await jobs.list.query(),
  ]);
}

/**
 * The administrator has the panel open and, beside it, the page of an instance, which knows the
 * panel's address and even a token that works: what is refused is refused to the page as such.
 */
describe.each(["localhost", "127.0.0.1"])("a page of an instance, to the panel at %s", (name) => {
  let visitor: Visitor;
  let tab: Page;
  let at: { panel: string; token: string };
  let before: string;

  beforeEach(async () => {
    at = { panel: panel.url.replace("127.0.0.1", name), token: panel.token };
    visitor = await browser.visit(`${at.panel}/instances`);
    // The attacking page's own failures.
    visitor.allowErrors(/./);
    await seeStatus(visitor, "Anna", "running");
    before = await everything();
    tab = await openInstance(visitor, "Anna");
    await expect.poll(() => tab.title()).toBe("asked everything");
  });
  afterEach(async () => {
    expect(await everything(), "nothing has changed").toBe(before);
    await visitor.page.bringToFront();
    await seeStatus(visitor, "Anna", "running");
    const { startedAt } = await panel.client.instances.get.query({ id: "anna" });
    await press(visitor, "restartNamed", "Anna");
    // The page says "running" until it hears of the restart; the next test would press Open in its midst.
    await panel.untilRestarted("anna", startedAt);
    await seeStatus(visitor, "Anna", "running");
  });

  test("its requests are refused, and it reads no answer", async () => {
    const answers = await tab.evaluate(async ({ panel: url, token }) => {
      const stop = `${url}/trpc/instances.stop`;
      const body = JSON.stringify({ id: "anna" });
      const json = { "content-type": "application/json" };
      const bearer = { authorization: `Bearer ${token}` };
      const tries: Record<string, () => Promise<Response>> = {
        "the state": () => fetch(`${url}/trpc/auth.state`),
        "the page": () => fetch(`${url}/`),
        "a list": () => fetch(`${url}/trpc/instances.list`, { headers: bearer }),
        json: () => fetch(stop, { method: "POST", body, headers: json }),
        "json and a made-up token": () =>
          fetch(stop, {
            method: "POST",
            body,
            headers: { ...json, authorization: `Bearer ${"x".repeat(43)}` },
          }),
        "json and a token": () =>
          fetch(stop, { method: "POST", body, headers: { ...json, ...bearer } }),
        credentials: () => fetch(stop, { method: "POST", body, credentials: "include" }),
        "an upload": () =>
          fetch(`${url}/backups/upload`, {
            method: "POST",
            body: new Blob(["x"], { type: "application/octet-stream" }),
            headers: bearer,
          }),
        "no cors": () => fetch(stop, { method: "POST", body, mode: "no-cors" }),
        "no cors, read": () => fetch(`${url}/trpc/auth.state`, { mode: "no-cors" }),
      };
      const seen: Record<string, string> = {};
      for (const [title, attempt] of Object.entries(tries))
        seen[title] = await attempt().then(
          async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`,
          (error: unknown) => (error instanceof TypeError ? "refused" : `${error}`),
        );
      navigator.sendBeacon(stop, body);
      return seen;
    }, at);
    expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set(["refused"]));
  });

  test("its forms are refused", async () => {
    for (const [path, encoding] of [
      ["/trpc/instances.stop", "text/plain"],
      ["/trpc/auth.login", "application/x-www-form-urlencoded"],
      ["/backups/upload", "multipart/form-data"],
    ] as const) {
      const sending = tab.evaluate(
        ({ action, enctype }) => {
          const form = document.createElement("form");
          const field = document.createElement("input");
          Object.assign(form, { method: "post", action, enctype, target: "_blank" });
          Object.assign(field, { name: '{"id":"anna","ignored":"', value: '"}' });
          form.append(field);
          document.body.append(form);
          form.submit();
        },
        { action: at.panel + path, enctype: encoding },
      );
      const [answer] = await Promise.all([tab.context().waitForEvent("page"), sending]);
      await expect.poll(() => answer.textContent("body")).toContain("does not belong to the panel");
      await answer.close();
    }
  });

  test("its WebSockets and event streams are refused, and bring nothing", async () => {
    const heard = await tab.evaluate(async ({ panel: url, token }) => {
      const messages: string[] = [];
      const keep = (event: Event) => messages.push(event.type);
      for (const path of ["/trpc", "/trpc?connectionParams=1", "/"]) {
        const socket = new WebSocket(url.replace("http", "ws") + path);
        for (const type of ["open", "message"]) socket.addEventListener(type, keep);
        const ended = new Promise((resolve) => {
          for (const type of ["close", "message"]) socket.addEventListener(type, resolve);
        });
        socket.addEventListener("open", () => {
          socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
          const params = { path: "instances.watch" };
          socket.send(JSON.stringify({ id: 1, method: "subscription", params }));
        });
        await ended;
        socket.close();
      }
      const params = encodeURIComponent(JSON.stringify({ token }));
      for (const query of ["", `?connectionParams=${params}`]) {
        const stream = new EventSource(`${url}/trpc/instances.watch${query}`);
        for (const type of ["open", "message"]) stream.addEventListener(type, keep);
        await new Promise((resolve) => {
          for (const type of ["error", "open"]) stream.addEventListener(type, resolve);
        });
        if (stream.readyState !== EventSource.CLOSED) messages.push("it would try again");
        stream.close();
      }
      return messages;
    }, at);
    expect(heard).toEqual([]);
  });

  test("it can neither frame the panel nor use its files", async () => {
    const used = await tab.evaluate(async ({ panel: url }) => {
      const part = <Name extends "iframe" | "script" | "img" | "link">(
        tag: Name,
        properties: Partial<HTMLElementTagNameMap[Name]>,
      ) =>
        new Promise<string>((resolve) => {
          const element = Object.assign(document.createElement(tag), properties);
          element.addEventListener("load", () => resolve(`${tag} loaded`));
          element.addEventListener("error", () => resolve("refused"));
          document.body.append(element);
        });
      return {
        frame: await part("iframe", { src: `${url}/instances`, name: "framed" }),
        query: await part("script", { src: `${url}/trpc/auth.state` }),
        program: await part("script", { src: `${url}/early.js` }),
        picture: await part("img", { src: `${url}/favicon.svg` }),
        sheet: await part("link", { rel: "stylesheet", href: `${url}/favicon.svg` }),
      };
    }, at);
    // A browser says of no frame that it was refused: it shows an error of its own in it.
    expect(used).toEqual({
      frame: "iframe loaded",
      query: "refused",
      program: "refused",
      picture: "refused",
      sheet: "refused",
    });
    const frame = tab.frame({ name: "framed" });
    expect(frame?.url()).toMatch(/^chrome-error:/);
    expect(await frame?.locator("#root").count()).toBe(0);
    expect(await tab.evaluate(() => frames[0]?.length)).toBe(0);
  });

  test("it can open the panel, as a link does, and has no hold of it", async () => {
    const [opened] = await Promise.all([
      tab.context().waitForEvent("page"),
      tab.evaluate(({ panel: url }) => {
        Object.assign(window, { held: window.open(`${url}/instances`, "held") });
      }, at),
    ]);
    await seeStatus({ ...visitor, page: opened }, "Anna", "running");
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    const hold = await tab.evaluate(() => {
      const { held } = window as unknown as { held: Window };
      held.postMessage({ method: "subscription", id: 1, type: "signOut" }, "*");
      held.location.href = "about:blank";
      return { closed: held.closed, frames: held.length };
    });
    expect(hold).toEqual({ closed: true, frames: 0 });
    await seeStatus({ ...visitor, page: opened }, "Anna", "running");
  });
});
