import { once } from "node:events";
import { mkdir, rename, rmdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { SavedNetwork } from "@claw/core/network";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { type Ask, Opened } from "../../../tests/support/opened.ts";
import {
  createTestApp,
  createTestPanel,
  homeOfTest,
  type TestAppOptions,
} from "../../../tests/support/test-app.ts";
import { CHECK_EVERY_MS } from "../../certificates/x509/own-certificates.ts";
import { networkStatus } from "./network-status.ts";
import { NOTHING_SAVED } from "./saved-network.ts";

const PROXIED: SavedNetwork = {
  CLAW_PUBLIC_NAMES: "Panel.example.com",
  CLAW_INSTANCE_DOMAIN: "claw.example.org",
  CLAW_TRUSTED_PROXIES: "127.0.0.1",
  CLAW_PUBLIC_PORT: "8443",
};

/** As it follows from its environment: an authority of its own beyond loopback. */
const OWN = {
  host: "0.0.0.0",
  publicNames: ["panel.internal"],
  instanceSite: { domain: "internal", scheme: "https" },
  ownAuthority: true,
  environment: { CLAW_HOST: "0.0.0.0", CLAW_PUBLIC_NAMES: "panel.internal" },
} as const;

async function openPanel(options: TestAppOptions = {}): Promise<Opened> {
  const opened = await Opened.begin(options);
  onTestFinished(() => opened[Symbol.asyncDispose]());
  return opened;
}

test("what is saved holds at once: for the panel, its instances, and those who look", async () => {
  const opened = await openPanel();
  const anna = await opened.instance("anna");
  const { client, context } = opened.app;
  const changed = context.runtime.live.board.until(
    "anna",
    (now) => now?.url.includes("claw.example.org") ?? false,
    AbortSignal.timeout(5_000),
  );
  const status = await client.network.save.mutate(PROXIED);
  expect(status).toMatchObject({
    way: "proxy",
    panel: "https://panel.example.com:8443",
    domain: { value: "claw.example.org", from: "saved" },
    names: { value: ["panel.example.com"], from: "saved" },
    host: { from: "default" },
    saved: PROXIED,
    unused: null,
  });
  const url = `https://${anna.spec.label}.claw.example.org:8443/`;
  expect((await changed)?.url).toBe(url);
  expect((await client.instances.get.query({ id: "anna" })).url).toBe(url);
  const { status: former } = await opened.ask(anna.host, "/");
  const { status: unknown } = await opened.ask("nobody.claw.example.org:8443", "/");
  expect([former, unknown]).toEqual([403, 421]);
  // The proxy does not say that it has TLS: a redirect would lead round in circles.
  expect((await opened.ask(new URL(url).host, "/")).status).toBe(401);
});

test("what is open at a former address ends", async () => {
  const opened = await openPanel();
  const anna = await opened.instance("anna");
  const cookie = await opened.signOn(anna);
  const [socket, answer] = await opened.upgrade(anna.host, { Cookie: cookie, Origin: anna.origin });
  expect(answer).toContain(" 101 ");
  const closed = once(socket.resume(), "close");
  // Changes no address.
  await opened.app.client.network.save.mutate({
    ...NOTHING_SAVED,
    CLAW_PUBLIC_NAMES: "panel.lan",
  });
  expect(socket.destroyed).toBe(false);
  await opened.app.client.network.save.mutate(PROXIED);
  await closed;
});

test("it holds after a restart, unless the environment says otherwise", async () => {
  const home = await homeOfTest();
  {
    await using app = await createTestApp({ home });
    await app.client.network.save.mutate(PROXIED);
  }
  const siteOf = async (environment: Record<string, string>) => {
    await using panel = await createTestPanel({ home, config: { environment } });
    return panel.context.runtime.addresses.site();
  };
  expect(await siteOf({})).toMatchObject({ domain: "claw.example.org", port: 8443 });
  const environment = { CLAW_INSTANCE_DOMAIN: "other.example.org", CLAW_PUBLIC_PORT: "443" };
  expect(await siteOf(environment)).toMatchObject({ domain: "other.example.org", port: 443 });
});

test("what no longer goes together with the environment is left out, and the log says so", async () => {
  const home = await homeOfTest();
  {
    await using app = await createTestApp({ home });
    await app.client.network.save.mutate(PROXIED);
  }
  const config = { environment: { CLAW_PUBLISH_HOST: "0.0.0.0" } };
  await using panel = await createTestPanel({ home, config });
  expect(panel.context.runtime.addresses.site()).toMatchObject({ domain: "localhost" });
  expect(panel.logged.join()).toContain("not in use: CLAW_INSTANCE_DOMAIN needs");
  expect(networkStatus(panel.context)).toMatchObject({
    domain: { value: "localhost", from: "default" },
    saved: PROXIED,
    unused: {
      why: "contradicts",
      message: expect.stringContaining("CLAW_INSTANCE_DOMAIN needs a CLAW_PUBLISH_HOST"),
    },
  });
});

test("settings for which no certificate can be had do not keep the panel from starting", async () => {
  const home = await homeOfTest();
  const saved = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "claw.example.org" };
  {
    await using app = await createTestApp({ home });
    await app.client.network.save.mutate(saved);
  }
  const file = path.join(home, "data/authority.pem");
  await mkdir(file);
  {
    await using panel = await createTestPanel({ home });
    expect(panel.context.runtime.certificates).toBeNull();
    expect(panel.logged.join()).toContain("not in use: ");
    expect(networkStatus(panel.context)).toMatchObject({
      domain: { value: "localhost", from: "default" },
      saved,
      unused: { why: "contradicts", message: expect.stringContaining("authority.pem") },
    });
  }
  await rmdir(file);
  await using panel = await createTestPanel({ home });
  expect(networkStatus(panel.context)).toMatchObject({
    domain: { value: "claw.example.org", from: "saved" },
    unused: null,
  });
});

describe("nothing is saved", () => {
  test.each<[string, Partial<SavedNetwork>]>([
    ["CLAW_PUBLIC_NAMES must be names", { CLAW_PUBLIC_NAMES: "http://panel" }],
    ["CLAW_INSTANCE_DOMAIN must be a domain", { CLAW_INSTANCE_DOMAIN: "10.0.0.1" }],
    ["CLAW_TRUSTED_PROXIES must be addresses", { CLAW_TRUSTED_PROXIES: "proxy" }],
    ["CLAW_PUBLIC_PORT must be between", { CLAW_PUBLIC_PORT: "70000" }],
    ["needs CLAW_TRUSTED_PROXIES", { CLAW_PUBLIC_PORT: "443" }],
  ])("that does not hold: %s", async (message, patch) => {
    await using app = await createTestApp();
    await expect(
      app.client.network.save.mutate({ ...NOTHING_SAVED, ...patch }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(message),
      data: { reason: "INVALID_INPUT" },
    });
    expect(await app.client.network.status.query()).toMatchObject({ saved: NOTHING_SAVED });
  });

  test("by which the browser that saves would lose the panel", async () => {
    const opened = await openPanel({ config: { publicNames: ["panel.lan"] } });
    const host = `panel.lan:${opened.port}`;
    const save = (names: string) =>
      opened.ask(
        host,
        "/trpc/network.save",
        saving(opened, `http://${host}`, { CLAW_PUBLIC_NAMES: names }),
      );
    const refused = await save("other.lan");
    expect(refused.status).toBe(400);
    expect(refused.body).toContain(`no longer answer at http://${host}`);
    expect((await opened.app.client.network.status.query()).saved).toEqual(NOTHING_SAVED);
    expect((await save("other.lan,panel.lan")).status).toBe(200);
  });

  const proxied = {
    CLAW_INSTANCE_DOMAIN: "claw.example.org",
    CLAW_TRUSTED_PROXIES: "127.0.0.1",
    CLAW_PUBLIC_PORT: "443",
  };
  test.each<[string, Partial<SavedNetwork>]>([
    ["a proxy", proxied],
    ["no domain", { CLAW_INSTANCE_DOMAIN: "none" }],
  ])("by which TLS would end under the browser that saves: %s", async (_, patch) => {
    const opened = await openPanel({ config: OWN });
    const host = `panel.internal:${opened.port}`;
    const refused = await askByTls(opened, host, saving(opened, `https://${host}`, patch));
    expect(refused.body).toContain(`no longer serve TLS, by which you use it at https://${host}`);
    expect((await opened.app.client.network.status.query()).saved).toEqual(NOTHING_SAVED);
    // It has an authority of its own before and after.
    const other = { CLAW_INSTANCE_DOMAIN: "claw.example.org" };
    const kept = await askByTls(opened, host, saving(opened, `https://${host}`, other));
    expect(kept.status).toBe(200);
    const plain = saving(opened, `http://${host}`, patch);
    expect((await opened.ask(host, "/trpc/network.save", plain)).status).toBe(200);
  });
});

/** A request that saves, as the page at `origin` sends it. */
function saving(opened: Opened, origin: string, patch: Partial<SavedNetwork>) {
  return {
    method: "POST",
    headers: {
      origin,
      authorization: `Bearer ${opened.app.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ ...NOTHING_SAVED, ...patch }),
  };
}

async function askByTls(opened: Opened, host: string, { body, method, headers }: Required<Ask>) {
  const request = https.request({
    host: "127.0.0.1",
    port: opened.port,
    path: "/trpc/network.save",
    agent: false,
    method,
    ca: opened.app.context.runtime.certificates?.authority()?.pem,
    servername: "panel.internal",
    headers: { ...headers, host },
  });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

test("what another administrator has saved meanwhile is not overwritten", async () => {
  const opened = await openPanel();
  const { network } = opened.app.client;
  const { revision } = await network.status.query();
  const save = (name: string) =>
    network.save.mutate({ ...NOTHING_SAVED, CLAW_PUBLIC_NAMES: name, revision });
  const both = await Promise.allSettled([save("one.lan"), save("other.lan")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const after = await network.status.query();
  const [kept] = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(after).toEqual(kept);
  await expect(save("third.lan")).rejects.toThrow("nothing was overwritten");
  expect(await network.status.query()).toEqual(after);
  const next = { ...after.saved, CLAW_PUBLIC_NAMES: "third.lan", revision: after.revision };
  expect((await network.save.mutate(next)).names.value).toEqual(["third.lan"]);
});

test("the domain is not given up under instances that open through the panel", async () => {
  const opened = await openPanel();
  const none = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "none" };
  const { network, instances } = opened.app.client;
  await opened.instance("anna");
  await expect(network.save.mutate(none)).rejects.toThrow("nobody could open anna");
  await instances.remove.mutate({ id: "anna", deleteData: true });
  expect(await network.save.mutate(none)).toMatchObject({ way: "link", unused: null });
});

test("an instance that opens through the panel says so when the environment leaves it no address", async () => {
  const opened = await openPanel();
  await opened.instance("anna");
  const { runtime } = opened.app.context;
  const opensBy = async () => (await opened.app.client.instances.get.query({ id: "anna" })).opensBy;
  expect(await opensBy()).toBe("panel");
  runtime.network.leaveOut(
    { ...runtime.network.now(), instanceSite: null },
    "the environment says so",
  );
  runtime.live.board.touch("anna");
  expect(await opensBy()).toBe("unserved");
});

test("what needs TLS that the panel does not serve waits for its next start", async () => {
  const opened = await openPanel();
  const anna = await opened.instance("anna");
  const saved = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "claw.example.org" };
  expect(await opened.app.client.network.save.mutate(saved)).toMatchObject({
    way: "machine",
    domain: { value: "localhost", from: "default" },
    saved,
    unused: { why: "untilRestart", panel: `https://127.0.0.1:${opened.port}` },
  });
  const { url } = await opened.app.client.instances.get.query({ id: "anna" });
  expect(url).toBe(`${anna.origin}/`);
});

test("with an authority of its own, a new name has a certificate at once", async () => {
  await using app = await createTestApp({ config: OWN });
  const { certificates } = app.context.runtime;
  const before = certificates?.authority();
  await app.client.network.save.mutate({
    ...NOTHING_SAVED,
    CLAW_INSTANCE_DOMAIN: "claw.example.org",
  });
  expect(certificates?.covers("probe.claw.example.org")).toBe(true);
  expect(certificates?.authority()).not.toEqual(before);
});

test("what is saved holds for all, although its certificates fail at first", async () => {
  const opened = await openPanel({ config: OWN });
  const { app } = opened;
  const anna = await opened.instance("anna");
  const authority = path.join(app.home, "data/authority.pem");
  const elsewhere = `${authority}.moved`;
  await rename(authority, elsewhere);
  const saved = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "claw.example.org" };
  expect(await app.client.network.save.mutate(saved)).toMatchObject({ saved, unused: null });
  const url = `https://${anna.spec.label}.claw.example.org:${opened.port}/`;
  expect((await app.client.instances.get.query({ id: "anna" })).url).toBe(url);
  expect(app.logged.join()).toContain("renewing the panel's certificates: ");

  const { certificates } = app.context.runtime;
  const former = certificates?.authority();
  await rename(elsewhere, authority);
  app.host.advance(CHECK_EVERY_MS);
  await eventually(() => expect(certificates?.authority()).not.toEqual(former));
});

test("an address in any form has a certificate at once", async () => {
  await using app = await createTestApp({
    config: {
      instanceSite: { domain: "claw.example.org", scheme: "https" },
      ownAuthority: true,
      environment: { CLAW_INSTANCE_DOMAIN: "claw.example.org" },
    },
  });
  const names = "0:0:0:0:0:ffff:192.168.1.5";
  await app.client.network.save.mutate({ ...NOTHING_SAVED, CLAW_PUBLIC_NAMES: names });
  expect(app.context.runtime.certificates?.covers("::ffff:c0a8:105")).toBe(true);
});
