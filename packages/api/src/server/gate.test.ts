import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import { describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";

/** Sends bytes as they are, one for each character, and reads until the panel ends the connection. */
async function send(app: TestApp, head: readonly string[], body = ""): Promise<string> {
  const { port } = app.server.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.end(Buffer.from(`${head.join("\r\n")}\r\nConnection: close\r\n\r\n${body}`, "latin1"));
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

/** Values of `Host` that are no valid authority of a URL. */
const ODD_HOSTS = [
  "user@localhost",
  "user:password@localhost:8000",
  "localhost/x;script-src *",
  "localhost?;script-src *",
  "localhost#x",
  "localhost:8000\xff",
  "loc\xe4lhost",
  "\xef\xbd\x8cocalhost",
  "localhost 8000",
  "localhost,evil.example",
  "localhost:port",
  "[::1",
];

describe("what no browser sends", () => {
  test.each(ODD_HOSTS)("is a bad request, and no part of a header: Host: %s", async (host) => {
    await using app = await createTestApp();
    for (const path of ["/", "/healthz", "/trpc/auth.state"]) {
      const answer = await send(app, [`GET ${path} HTTP/1.1`, `Host: ${host}`]);
      expect(statusOf(answer)).toBe(400);
      expect(answer).not.toContain("ws://");
    }
    expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test.each(["TRACE", "PROPFIND", "QUERY", "SOURCE"])("is a bad request: %s", async (method) => {
    await using app = await createTestApp();
    for (const path of ["/", "/trpc/auth.state", "/trpc/auth.login", "/backups/upload"])
      expect(statusOf(await send(app, [`${method} ${path} HTTP/1.1`, "Host: localhost"]))).toBe(
        400,
      );
    expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test("is a bad request: two names, or the address of another server", async () => {
    await using app = await createTestApp();
    const two = await send(app, ["GET / HTTP/1.1", "Host: localhost", "Host: evil.example"]);
    const other = await send(app, ["GET http://evil.example/ HTTP/1.1", "Host: localhost"]);
    expect([two, other].map(statusOf)).toEqual([400, 400]);
  });

  test("opens no WebSocket", async () => {
    await using app = await createTestApp();
    const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    const answer = await send(app, [
      "GET /trpc HTTP/1.1",
      "Host: user@localhost",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...upgrade,
    ]);
    expect(statusOf(answer)).toBe(400);
  });
});

describe("a refusal", () => {
  const foreign = ["GET /instances HTTP/1.1", "Host: evil.example:8000"];

  test("is a page for who opens one, with both names and the setting, in both languages", async () => {
    await using app = await createTestApp({ config: { publicNames: ["panel.lan"] } });
    const page = await send(app, [...foreign, "Accept: text/html,*/*;q=0.8"]);
    expect(statusOf(page)).toBe(403);
    expect(page).toMatch(/content-type: text\/html/i);
    for (const text of ["evil.example:8000", "panel.lan", "CLAW_PUBLIC_NAMES", "The panel does"])
      expect(page).toContain(text);
    expect(Buffer.from(page, "latin1").toString()).toContain("面板使用的名称");
  });

  test("is JSON for programs", async () => {
    await using app = await createTestApp();
    const answer = await send(app, [...foreign, "Accept: */*"]);
    expect(answer).toMatch(/content-type: application\/json/i);
    expect(answer).toContain("evil.example:8000");
  });

  test("of a page behind a proxy says what both sides say, and what the proxy should do", async () => {
    await using app = await createTestApp({ config: { publicNames: ["panel.lan"] } });
    const head = ["POST /trpc/auth.login HTTP/1.1", "Host: 127.0.0.1:8000"];
    const json = ["Content-Type: application/json", "Content-Length: 2"];
    const answer = await send(app, [...head, ...json, "Origin: http://panel.lan:8080"], "{}");
    expect(statusOf(answer)).toBe(403);
    for (const text of [
      "http://panel.lan:8080",
      "http://127.0.0.1:8000",
      "proxy_set_header Host $http_host;",
      "CLAW_TRUSTED_PROXIES",
    ])
      expect(answer).toContain(text);
  });

  test("shows what was sent as text", async () => {
    await using app = await createTestApp();
    const head = ["GET / HTTP/1.1", "Host: localhost", "Accept: text/html"];
    const page = await send(app, [...head, "Origin: <script>alert(1)</script>"]);
    expect(statusOf(page)).toBe(403);
    expect(page).not.toContain("<script");
  });
});

describe("behind a proxy that is trusted", () => {
  const compiled = proxyAddr.compile(["127.0.0.1"]);
  const trusted = { publicNames: ["panel.lan"], trustsProxy: (a: string) => compiled(a, 0) };
  const said = ["X-Forwarded-Host: panel.lan:8443", "X-Forwarded-Proto: https"];
  const state = ["GET /trpc/auth.state HTTP/1.1", "Host: 127.0.0.1:8000"];

  test("the panel's own page is the one that the browser shows", async () => {
    await using app = await createTestApp({ config: trusted });
    const own = await send(app, [...state, ...said, "Origin: https://panel.lan:8443"]);
    expect(statusOf(own)).toBe(200);
    expect(own).toContain("wss://panel.lan:8443");
    expect(own).toMatch(/strict-transport-security/i);
    for (const origin of ["http://panel.lan:8443", "https://panel.lan", "http://127.0.0.1:8000"])
      expect(statusOf(await send(app, [...state, ...said, `Origin: ${origin}`])), origin).toBe(403);
  });

  test("a foreign name that it passes on is refused, and odd ones are no request", async () => {
    await using app = await createTestApp({ config: trusted });
    const statuses = ["evil.example", "user@panel.lan"].map((host) =>
      send(app, [...state, `X-Forwarded-Host: ${host}`]).then(statusOf),
    );
    expect(await Promise.all(statuses)).toEqual([403, 400]);
  });

  test("and from anybody else these headers count for nothing", async () => {
    await using app = await createTestApp({ config: { publicNames: ["panel.lan"] } });
    const answer = await send(app, [...state, ...said, "Origin: https://panel.lan:8443"]);
    expect(statusOf(answer)).toBe(403);
  });
});
