import { once } from "node:events";
import type { NetworkProbe } from "@claw/core/network";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Answered, type Ask, type Instance, Opened } from "../../../tests/support/opened.ts";
import { createTestApp } from "../../../tests/support/test-app.ts";
import { PROBE_MS } from "../../services/runtime/probes.ts";

let opened: Opened;
let anna: Instance;
let probe: NetworkProbe;
let path: string;

beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
});
afterAll(() => opened[Symbol.asyncDispose]());

async function begin(): Promise<NetworkProbe> {
  const begun = await opened.app.client.network.probe.mutate();
  if (!begun) throw new Error("this panel has names for instances");
  return begun;
}
beforeEach(async () => {
  probe = await begin();
  path = new URL(probe.url).pathname;
});

/** As the panel's page does, unless told otherwise. */
const ask = (host: string, { headers, ...options }: Ask = {}): Promise<Answered> =>
  opened.ask(host, path, { ...options, headers: { origin: opened.panel, ...headers } });

/** Facts that tell a caller something. */
const told = ({ status, headers, body }: Answered) => ({
  status,
  body,
  allowed: headers["access-control-allow-origin"],
});

test("the panel's page is told that the name of no instance leads here, and what has arrived", async () => {
  expect(probe).toMatchObject({
    url: expect.stringMatching(/^http:\/\/probe\.localhost:\d+\/\.claw\/probe\/[0-9a-f]{32}$/),
    socketUrl: probe.url.replace("http:", "ws:"),
    plainUrl: null,
    host: `probe.localhost:${opened.port}`,
  });
  const answered = await ask(probe.host);
  expect(answered.headers).toMatchObject({
    "content-type": "application/json",
    "access-control-allow-origin": opened.panel,
    "cache-control": "no-store",
    vary: "origin",
  });
  const { proof, host } = probe;
  expect(JSON.parse(answered.body)).toEqual({ proof, host, scheme: null });
});

test.each([
  ["without its port", () => "probe.localhost"],
  ["as the panel's own", () => `127.0.0.1:${opened.port}`],
  ["as any other", () => "backend.example"],
])("a name that a proxy passes on %s is told as it has arrived", async (_, host) => {
  expect(JSON.parse((await ask(host())).body)).toMatchObject({ host: host() });
});

describe("everybody else is answered as by a panel without this", () => {
  const STRANGERS: [string, () => Promise<Answered>][] = [
    ["an instance's page", () => ask(probe.host, { headers: { origin: anna.origin } })],
    [
      "a page of the same name at another port",
      () => ask(probe.host, { headers: { origin: "http://127.0.0.1:1" } }),
    ],
    ["a sandboxed page", () => ask(probe.host, { headers: { origin: "null" } })],
    ["a program that says of no page", () => opened.ask(probe.host, path)],
    ["a page that sends", () => ask(probe.host, { method: "POST" })],
    [
      "a page without the key",
      () =>
        opened.ask(probe.host, `/.claw/probe/${"0".repeat(32)}`, {
          headers: { origin: opened.panel },
        }),
    ],
    [
      "a page that comes too late",
      async () => {
        opened.app.host.advance(PROBE_MS);
        return ask(probe.host);
      },
    ],
  ];

  test.each(STRANGERS)("%s", async (_, answered) => {
    const nobody = await opened.ask(probe.host, "/");
    expect(nobody.status).toBe(421);
    expect(told(await answered())).toEqual(told(nobody));
  });

  test("at an instance's name, where nothing of a test reaches the container", async () => {
    const before = anna.upstream.seen.length;
    expect(told(await ask(anna.host))).toMatchObject({ status: 200, allowed: opened.panel });
    expect(anna.upstream.seen).toHaveLength(before);
    const foreign = await ask(anna.host, { headers: { origin: "http://evil.example" } });
    expect(told(foreign)).toMatchObject({ status: 403, allowed: undefined });
  });
});

describe("a WebSocket", () => {
  const connect = (origin: string) =>
    new WebSocket(`ws://127.0.0.1:${opened.port}${path}`, {
      headers: { host: probe.host, origin },
    });

  test("of the panel's page is opened, and closed in order", async () => {
    const socket = connect(opened.panel);
    const closed = once(socket, "close");
    await once(socket, "open");
    expect((await closed)[0]).toBe(1000);
  });

  test.each([
    ["another page", () => connect("http://evil.example")],
    ["an instance", () => connect(anna.origin)],
  ])("of %s is not", async (_, attempt) => {
    const [error] = (await once(attempt(), "error")) as [Error];
    expect(error.message).toContain("421");
  });
});

test("the panel's own pages, and no others, may ask there", async () => {
  const [name, socket] = [`http://${probe.host}`, `ws://${probe.host}`];
  const own = await opened.ask(`127.0.0.1:${opened.port}`, "/healthz");
  expect(own.headers["content-security-policy"]).toContain(`${name} ${socket};`);
  const foreign = await opened.ask("evil.example", "/healthz");
  expect(foreign.headers["content-security-policy"]).not.toContain("probe");
});

test("where instances have no names there is nothing to test", async () => {
  await using app = await createTestApp({ config: { instanceSite: null } });
  expect(await app.client.network.probe.mutate()).toBeNull();
  const { headers } = await fetch(`${app.url}/healthz`);
  expect(headers.get("content-security-policy")).toMatch(/connect-src 'self' ws:\S+ wss:\S+;/);
});
