import { createPublicKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https, { type RequestOptions } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import tls from "node:tls";
import type { InstanceSpec } from "@claw/core/instance";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { READ_EVERY_MS } from "../src/certificates/pem/given-certificates.ts";
import { createAuthority } from "../src/certificates/x509/authority.ts";
import { issueLeaf } from "../src/certificates/x509/issue.ts";
import { createClawClient } from "../src/client.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { beginProbe } from "../src/services/system/begin-probe.ts";
import { networkStatus } from "../src/services/system/network-status.ts";
import { eventually } from "./support/deadline.ts";
import { createTestApp, createTestPanel, type TestApp } from "./support/test-app.ts";
import { Upstream } from "./support/upstream.ts";

const portOf = ({ server }: TestApp) => (server.server.address() as AddressInfo).port;

/** The certificate that a client gets that asks for `servername`, which may be none. */
async function presented(port: number, servername: string): Promise<X509Certificate> {
  const socket = tls.connect({ host: "127.0.0.1", port, servername, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (!certificate) throw new Error("nothing was presented");
  return certificate;
}

async function answerTo(request: http.ClientRequest, body?: string) {
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const { statusCode: status = 0, headers } = response;
  return { status, headers, body: await text(response) };
}

const OWN = {
  publicNames: ["panel.internal"],
  instanceSite: { domain: "internal", scheme: "https" },
  ownAuthority: true,
} as const;

/** As an administrator gives it. */
function newPair(names: readonly string[]) {
  const { certificate, key, serverKey } = createAuthority({ names, now: Date.now() });
  const signing = { key, publicKey: createPublicKey(serverKey) };
  const cert = issueLeaf(signing, { issuer: certificate.raw, names, now: Date.now() });
  const pair = {
    cert: Buffer.from(cert),
    key: Buffer.from(serverKey.export({ type: "pkcs8", format: "pem" })),
  };
  return { pair, print: new X509Certificate(cert).fingerprint256 };
}

describe("with an authority of its own, beyond loopback", () => {
  let app: TestApp;
  let port: number;
  let ca: string;
  let upstream: Upstream;
  const specs: InstanceSpec[] = [];
  const nameOf = (index: number) => `claw-${specs[index]?.label}.internal`;

  beforeAll(async () => {
    app = await createTestApp({
      timing: { openclawVersion: "2026.9.6" },
      config: OWN,
    });
    port = portOf(app);
    upstream = await Upstream.open();
    for (const [id, at] of [
      ["anna", upstream.port],
      ["ben", undefined],
    ] as const) {
      const placed = at === undefined ? {} : { port: at };
      await createInstance(app.context, { id, name: id, start: true, owner: null, ...placed });
      await app.until(id, "running");
      specs.push(app.context.runtime.live.board.specOf(id) as InstanceSpec);
    }
    ca = (await answerTo(http.get({ host: "127.0.0.1", port, path: "/ca.crt" }))).body;
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await upstream?.[Symbol.asyncDispose]();
  });

  /** As a client that trusts the authority, and believes that `name` is this machine. */
  const ask = (name: string, options: RequestOptions = {}, body?: string) =>
    answerTo(
      https.request({
        host: "127.0.0.1",
        port,
        ca,
        servername: name,
        agent: false,
        ...options,
        headers: { host: `${name}:${port}`, ...options.headers },
      }),
      body,
    );

  test("anybody gets its certificate, whose fingerprint the page shows", async () => {
    const got = await ask("panel.internal", { path: "/ca.crt" });
    expect(got.status).toBe(200);
    expect(got.headers["content-type"]).toBe("application/x-x509-ca-cert");
    const certificate = new X509Certificate(got.body);
    expect(got.body).not.toContain("PRIVATE KEY");
    expect((await app.client.network.status.query()).certificate).toEqual({
      kind: "authority",
      url: "/ca.crt",
      fingerprint: certificate.fingerprint256,
      expiresAt: certificate.validToDate.toISOString(),
    });
  });

  test("each name has a certificate of its own, and a client that names none gets the panel's", async () => {
    const [anna, ben, panel] = [nameOf(0), nameOf(1), "panel.internal"];
    for (const name of [anna, ben, panel])
      expect((await presented(port, name)).subjectAltName).toContain(`DNS:${name}`);
    expect((await presented(port, anna)).checkHost(ben)).toBeUndefined();
    // The page Network tests by it whether names lead here.
    const probe = "claw-probe.internal";
    expect((await presented(port, probe)).checkHost(probe)).toBe(probe);
    for (const other of ["", "claw-nobody-1.internal", "www.example.com"])
      expect((await presented(port, other)).checkHost(panel)).toBe(panel);
  });

  test("no answer makes browsers insist on HTTPS", async () => {
    const { status, headers } = await ask("panel.internal", { path: "/healthz" });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  test("plain HTTP on the same port is answered as before, also over WebSocket", async () => {
    const client = createClawClient({ url: app.url, token: app.token });
    expect((await client.instances.list.query()).map(({ id }) => id)).toEqual(["anna", "ben"]);
    for (const [url, options] of [
      [`ws://127.0.0.1:${port}/trpc`, {}],
      [`wss://127.0.0.1:${port}/trpc`, { ca, servername: "panel.internal" }],
    ] as const) {
      const host = url.startsWith("wss") ? `panel.internal:${port}` : `127.0.0.1:${port}`;
      const origin = `${url.startsWith("wss") ? "https" : "http"}://${host}`;
      const socket = new WebSocket(url, { ...options, headers: { host, origin } });
      await once(socket, "open");
      socket.terminate();
    }
  });

  test("over HTTPS, a page of the same name without it is foreign", async () => {
    const headers = { origin: `http://panel.internal:${port}` };
    expect((await ask("panel.internal", { path: "/healthz", headers })).status).toBe(403);
  });

  test("an instance opens over HTTPS", async () => {
    const [anna] = specs as [InstanceSpec];
    const panel = `https://panel.internal:${port}`;
    const body = JSON.stringify({ id: anna.id, label: anna.label });
    const headers = { authorization: `Bearer ${app.token}`, "content-type": "application/json" };
    const path = "/trpc/instances.enter";
    const entry = await ask("panel.internal", { method: "POST", path, headers }, body);
    const { action, ticket } = JSON.parse(entry.body).result.data;
    expect(action).toBe(`https://${nameOf(0)}:${port}/.claw/enter`);
    const form = {
      method: "POST",
      path: "/.claw/enter",
      headers: { origin: panel, "content-type": "application/x-www-form-urlencoded" },
    };
    const entered = await ask(nameOf(0), form, `ticket=${ticket}`);
    expect(entered.status).toBe(200);
    const [cookie = ""] = entered.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^__Host-Http-i-.*; Secure/);
    const shown = await ask(nameOf(0), { headers: { cookie: cookie.split(";")[0] } });
    expect(shown).toMatchObject({ status: 200, body: "hello" });
  });

  test("without TLS an instance is neither shown nor entered; a typed address is led there", async () => {
    const before = upstream.seen.length;
    const host = `${nameOf(0)}:${port}`;
    const plainly = (options: RequestOptions) =>
      answerTo(
        http.request({
          host: "127.0.0.1",
          port,
          ...options,
          headers: { host, ...options.headers },
        }),
      );
    const typed = await plainly({ path: "/chat?x=1", headers: { accept: "text/html" } });
    expect(typed).toMatchObject({ status: 307, headers: { location: `https://${host}/chat?x=1` } });
    expect((await plainly({ path: "/chat" })).status).toBe(403);
    expect((await plainly({ method: "POST", path: "/.claw/enter" })).status).toBe(403);
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
    expect(upstream.seen).toHaveLength(before);
  });

  test("the test of the page Network is told whether it came over TLS", async () => {
    const origin = `https://panel.internal:${port}`;
    const probe = beginProbe(app.context, origin);
    const path = new URL(probe?.url ?? "").pathname;
    const secure = await ask("claw-probe.internal", { path, headers: { origin } });
    expect(JSON.parse(secure.body)).toEqual({
      ...{ proof: probe?.proof, host: probe?.host, scheme: "https" },
    });
    const headers = { host: probe?.host, origin };
    const plain = await answerTo(http.request({ host: "127.0.0.1", port, path, headers }));
    expect(JSON.parse(plain.body)).toMatchObject({ proof: probe?.proof, scheme: null });
  });

  test("a handshake that breaks off disturbs nobody", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(Buffer.from([22, 3, 1, 0, 5, 1, 2, 3, 4, 5]));
    socket.resume();
    await once(socket, "close");
    expect((await ask("panel.internal", { path: "/healthz" })).status).toBe(200);
  });
});

test("connections on which nobody has spoken do not delay the end", async () => {
  const app = await createTestApp({ config: OWN });
  const [silent, half] = [connect(portOf(app), "127.0.0.1"), connect(portOf(app), "127.0.0.1")];
  for (const socket of [silent, half]) {
    socket.on("error", () => undefined);
    await once(socket, "connect");
  }
  // A header of TLS that announces more than follows.
  half.write(Buffer.from([22, 3, 1, 1, 0, 1]));
  const closed = [silent, half].map(
    (socket) => new Promise((resolve) => socket.resume().once("close", resolve)),
  );
  await app[Symbol.asyncDispose]();
  await Promise.all(closed);
}, 9_000);

test("a given certificate serves the names of instances that it has, and the panel names the others", async () => {
  const { pair } = newPair(["panel.internal", "*.apps.example.com"]);
  const given = { ...pair, files: { cert: "/nowhere/cert.pem", key: "/nowhere/key.pem" } };
  const uncovered = async (domain: string, publicPort: number | null = null) => {
    await using panel = await createTestPanel({
      timing: { openclawVersion: "2026.9.6" },
      tls: given,
      config: {
        publicNames: ["panel.internal"],
        tls: true,
        instanceSite: { domain, scheme: "https" },
        publicPort,
      },
    });
    const { context } = panel;
    await createInstance(context, { id: "anna", name: "Anna", start: true, owner: null });
    await panel.until("anna", "running");
    const { board } = context.runtime.live;
    const { hostname } = new URL(board.list()[0]?.url ?? "");
    const { conditions } = await context.runtime.conditions.read();
    const found = conditions.filter(({ code }) => code === "CERTIFICATE_NAMES");
    return { hostname, found };
  };
  expect((await uncovered("apps.example.com")).found).toEqual([]);
  const { hostname, found } = await uncovered("internal");
  expect(hostname).toMatch(/^claw-anna-[0-9a-f]{10}\.internal$/);
  expect(found).toMatchObject([{ severity: "warning", detail: { names: [hostname] } }]);
  expect((await uncovered("internal", 443)).found, "browsers see a proxy's").toEqual([]);
});

test.each([
  ["claw.example.org", null, true],
  ["other.example.org", null, false],
  // Browsers see the proxy's.
  ["other.example.org", 443, true],
])("administrators see the given certificate, and whether it is for names below %s, behind a proxy: %s", async (domain, publicPort, coversInstances) => {
  const { pair } = newPair(["panel.lan", "*.claw.example.org"]);
  const files = { cert: "/etc/claw/cert.pem", key: "/etc/claw/key.pem" };
  await using app = await createTestPanel({
    tls: { ...pair, files },
    config: { instanceSite: { domain, scheme: "https" }, publicPort },
  });
  expect(networkStatus(app.context).certificate).toEqual({
    kind: "given",
    file: files.cert,
    expiresAt: new X509Certificate(pair.cert).validToDate.toISOString(),
    coversInstances,
  });
});

test("without an authority of its own there is no certificate to import", async () => {
  await using app = await createTestApp();
  expect((await fetch(`${app.url}/ca.crt`)).status).toBe(404);
  expect((await app.client.network.status.query()).certificate).toEqual({ kind: "none" });
});

test("files that change on the disk are presented to new connections, and no old one is cut", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "claw-given-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
  const replace = () => {
    const { pair, print } = newPair(["a.lan"]);
    writeFileSync(files.cert, pair.cert);
    writeFileSync(files.key, pair.key);
    return { ...pair, print };
  };
  const first = replace();
  const { cert, key } = first;
  await using app = await createTestApp({
    tls: { cert, key, files },
    config: { publicNames: ["a.lan"] },
  });
  const port = portOf(app);
  expect((await presented(port, "a.lan")).fingerprint256).toBe(first.print);
  const open = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  await once(open, "secureConnect");

  const second = replace();
  await eventually(async () => {
    app.host.advance(READ_EVERY_MS);
    expect((await presented(port, "a.lan")).fingerprint256).toBe(second.print);
  });
  open.write("GET /healthz HTTP/1.1\r\nHost: a.lan\r\n\r\n");
  const [answer] = await once(open, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  open.destroy();
});
