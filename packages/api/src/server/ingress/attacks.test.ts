import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NAIVE_COOKIE, NaiveProxy } from "../../../tests/support/naive-proxy.ts";
import { type Answered, type Ask, ask, Opened, upgrade } from "../../../tests/support/opened.ts";
import type { Upstream } from "../../../tests/support/upstream.ts";

/** The same container behind one of two proxies, with the cookie of its user. */
interface Way {
  upstream: Upstream;
  host: string;
  origin: string;
  ask(path: string, options?: Ask): Promise<Answered>;
  upgrade(headers: Record<string, string>): Promise<string>;
}

let opened: Opened;
let naiveProxy: NaiveProxy;
let ours: Way;
let naive: Way;

beforeAll(async () => {
  opened = await Opened.begin();
  const anna = await opened.instance("anna");
  const { upstream, host, origin } = anna;
  const cookie = await opened.signOn(anna);
  naiveProxy = await NaiveProxy.open(upstream.port);
  const through = (port: number, known: string): Way => ({
    upstream,
    host,
    origin,
    ask: (path, options) =>
      ask(port, path, { ...options, headers: { host, cookie: known, ...options?.headers } }),
    async upgrade(headers) {
      const [socket, answer] = await upgrade(port, { Host: host, Cookie: known, ...headers });
      socket.destroy();
      return answer;
    },
  });
  ours = through(opened.port, cookie);
  naive = through(naiveProxy.port, NAIVE_COOKIE);
});
afterAll(async () => {
  await naiveProxy[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

/** Whether what the container saw last holds a text. */
async function arrives(way: Way, needle: string, options: Ask): Promise<boolean> {
  const before = way.upstream.seen.length;
  await way.ask("/tools/invoke", options);
  return JSON.stringify(way.upstream.seen.slice(before)).includes(needle);
}

const foreign = (way: Way) => ({ origin: way.origin.replace("anna", "ben") });
const noCors = { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" };

/** Each says whether the attack succeeds. */
const REQUESTS: Record<string, (way: Way) => Promise<boolean>> = {
  "the container reads the user's cookie": async (way) => arrives(way, "session", {}),
  "the container reads a bearer token": (way) =>
    arrives(way, "s3cret", { headers: { authorization: "Bearer s3cret" } }),
  "another instance's page sends a POST with the user's cookie": (way) =>
    arrives(way, "POST", { method: "POST", headers: { ...foreign(way), ...noCors } }),
  "a sandboxed page sends a POST": (way) =>
    arrives(way, "POST", { method: "POST", headers: { origin: "null" } }),
  "a page that hides its origin sends a POST": (way) =>
    arrives(way, "POST", { method: "POST", headers: { "sec-fetch-site": "same-site" } }),
  "a program without either header sends a POST": (way) => arrives(way, "POST", { method: "POST" }),
  "a foreign page loads a resource": (way) => arrives(way, "GET", { headers: noCors }),
  "a foreign page frames it": (way) =>
    arrives(way, "GET", {
      headers: {
        ...{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
        "sec-fetch-dest": "iframe",
      },
    }),
  "the browser claims to be somebody": (way) =>
    arrives(way, "x-claw-user-forged", { headers: { "x-claw-user-forged": "owner" } }),
  "the browser widens its own scopes": (way) =>
    arrives(way, "x-openclaw-scopes", { headers: { "x-openclaw-scopes": "operator.admin" } }),
  "the browser forges its address": (way) =>
    arrives(way, "6.6.6.6", { headers: { "x-forwarded-for": "6.6.6.6", "x-real-ip": "6.6.6.6" } }),
  "the browser names its user as other proxies do": (way) =>
    arrives(way, "forged", {
      headers: {
        ...{ "x-webauth-user": "forged", "x-forwarded": "for=forged", "x-user": "forged" },
        ...{ "x-amzn-oidc-identity": "forged", "x-authenticated-userid": "forged" },
      },
    }),
  "the browser smuggles a name with an underscore": (way) =>
    arrives(way, "x_forwarded_for", { headers: { x_forwarded_for: "1" } }),
  "a header is hidden behind Connection": (way) =>
    arrives(way, "x-kept", { headers: { connection: "x-kept", "x-kept": "1" } }),
  "a service worker's script is fetched": (way) =>
    arrives(way, "GET", { headers: { "service-worker": "script" } }),
};

const CONTROL = [
  "/api/v1/admin/rpc",
  "/api/v1//admin/rpc",
  "/x/../api/v1/admin/rpc",
  "/api/v1/%61dmin/rpc",
  "/api/v1/%2561dmin/rpc",
  "/API/v1/ADMIN/rpc?x=1",
  "/api\\v1\\admin\\rpc",
];

describe("what comes from a browser", () => {
  test.each(
    Object.entries(REQUESTS),
  )("%s: through a naive proxy, and not here", async (_, attack) => {
    expect([await attack(naive), await attack(ours)]).toEqual([true, false]);
  });

  test.each(CONTROL)("the gateway's control plane cannot be called: %s", async (path) => {
    const reaches = async (way: Way) => {
      const before = way.upstream.seen.length;
      await way.ask(path, { headers: { origin: way.origin } });
      return way.upstream.seen.length > before;
    };
    expect([await reaches(naive), await reaches(ours)]).toEqual([true, false]);
  });

  test("a WebSocket of another origin opens through a naive proxy, and not here", async () => {
    for (const origin of [foreign(ours).origin, "null", opened.panel]) {
      expect(await naive.upgrade({ Origin: origin }), origin).toContain(" 101 ");
      expect(await ours.upgrade({ Origin: origin }), origin).toContain(" 403 ");
    }
    expect(await ours.upgrade({})).toContain(" 403 ");
    expect(await ours.upgrade({ Origin: ours.origin })).toContain(" 101 ");
  });

  test("an upgrade to anything else is none", async () => {
    const h2c = { Origin: ours.origin, Upgrade: "h2c" };
    expect(await naive.upgrade(h2c)).toContain(" 101 ");
    expect(await ours.upgrade(h2c)).toContain(" 400 ");
  });

  test("a link from another page is followed", async () => {
    const headers = {
      ...{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      "sec-fetch-dest": "document",
    };
    expect((await ours.ask("/", { headers })).status).toBe(200);
  });
});

describe("what comes from a container", () => {
  const HOSTILE: [string, string][] = [
    ["Set-Cookie", "__Host-Http-claw=1; Path=/; Secure; HttpOnly"],
    ["Clear-Site-Data", '"cookies"'],
    ["Strict-Transport-Security", "max-age=1"],
    ["Service-Worker-Allowed", "/"],
    ["Access-Control-Allow-Origin", "*"],
    ["Refresh", "0;url=http://evil.example"],
    ["Link", "<http://evil.example>; rel=preload"],
    ["Report-To", "{}"],
    ["NEL", "{}"],
    ["Alt-Svc", 'h3=":1"'],
    ["WWW-Authenticate", 'Basic realm="the panel"'],
    ["Set-Login", "logged-out"],
    ["Secure-Session-Registration", '(ES256);path="/x"'],
  ];

  test.each(
    HOSTILE,
  )("%s reaches the browser through a naive proxy, and not here", async (name, value) => {
    ours.upstream.answer = (_, response) => response.writeHead(200, [name, value]).end();
    const gets = async (way: Way) => (await way.ask("/")).headers[name.toLowerCase()];
    expect(await gets(naive)).toBeDefined();
    expect(await gets(ours)).toBeUndefined();
  });

  test("its own policy stays, and a second one forbids what it could allow", async () => {
    ours.upstream.answer = (_, response) =>
      response.writeHead(200, ["Content-Security-Policy", "default-src *"]).end();
    const { rawHeaders } = await ours.ask("/");
    const policies = rawHeaders.filter(
      (_, at) => rawHeaders[at - 1]?.toLowerCase() === "content-security-policy",
    );
    expect(policies).toHaveLength(2);
    expect(policies[0]).toBe("default-src *");
    for (const part of ["frame-ancestors 'self'", "form-action 'self'", `ws://${ours.host}`])
      expect(policies[1]).toContain(part);
  });

  test("a cookie in the answer to a WebSocket is dropped", async () => {
    expect(await naive.upgrade({ Origin: ours.origin })).toContain("planted");
    expect(await ours.upgrade({ Origin: ours.origin })).not.toContain("planted");
  });

  test("an answer that breaks off does not look complete", async () => {
    ours.upstream.answer = (_, response) => {
      response.writeHead(200);
      response.write("half", () => response.destroy());
    };
    await expect(ours.ask("/")).rejects.toThrow();
  });

  test("a megabyte of headers is an error of the panel's own", async () => {
    ours.upstream.answer = (_, response) =>
      response.writeHead(200, ["X-Large", "x".repeat(1_000_000)]).end();
    expect((await ours.ask("/")).status).toBe(502);
  });
});
