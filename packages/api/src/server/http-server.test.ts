import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import https from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createTestApp } from "../../tests/support/test-app.ts";
import type { GivenCertificate } from "../certificates/certificates.ts";
import { httpServer } from "./http-server.ts";

const folder = mkdtempSync(path.join(tmpdir(), "claw-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A certificate that the test made for itself; undefined where nothing can make one. */
function certificate(): GivenCertificate | undefined {
  const files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  const names = [
    "-subj",
    "/CN=panel.example.lan",
    "-addext",
    "subjectAltName=DNS:panel.example.lan",
  ];
  try {
    execFileSync("openssl", [...request, ...names, "-keyout", files.key, "-out", files.cert], {
      stdio: "ignore",
    });
  } catch {
    return undefined;
  }
  return { cert: readFileSync(files.cert), key: readFileSync(files.key), files };
}

const tls = certificate();

test.runIf(tls !== undefined)(
  "with a certificate the panel speaks HTTPS under its name, also over WebSocket",
  async () => {
    const site = { publicNames: ["panel.example.lan"] };
    await using app = await createTestApp({ tls, config: site });
    const { port } = app.server.server.address() as AddressInfo;
    const headers = { host: `panel.example.lan:${port}`, authorization: `Bearer ${app.token}` };
    const trusted = { ca: tls?.cert, servername: "panel.example.lan" };
    const at = { host: "127.0.0.1", port, headers, ...trusted };
    const request = https.get({ ...at, path: "/trpc/instances.list" });
    const [response] = await once(request, "response");
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers["strict-transport-security"]).toBe("max-age=31536000");
    expect(response.headers["content-security-policy"]).toContain(
      `wss://panel.example.lan:${port}`,
    );

    const socket = new WebSocket(`wss://127.0.0.1:${port}/trpc`, {
      ...trusted,
      headers: { ...headers, origin: `https://panel.example.lan:${port}` },
    });
    await once(socket, "open");
    const answered = once(socket, "message");
    socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "instances.list" } }));
    const [data] = await answered;
    expect(JSON.parse(String(data))).toMatchObject({ id: 1, result: { data: [] } });
    socket.terminate();

    const foreign = https.get({
      ...at,
      headers: { ...headers, host: `127.0.0.9.example:${port}` },
    });
    const [refused] = await once(foreign, "response");
    refused.resume();
    expect(refused.statusCode).toBe(403);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  },
);

test.each([
  ["says nothing", ""],
  ["does not end its headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "],
])("a connection that %s is ended", async (_, text) => {
  const met: unknown[] = [];
  const server = httpServer({
    certificates: null,
    isPlainToo: false,
    connections: { meet: (socket) => met.push(socket) },
    deadlines: { headersTimeout: 200, connectionsCheckingInterval: 50 },
  })(() => undefined, {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(text);
  socket.resume();
  await once(socket, "close");
  expect(met).toHaveLength(1);
  server.close();
});

test("the panel waits for headers no longer than a browser needs", async () => {
  await using app = await createTestApp();
  expect(app.server.server.headersTimeout).toBe(15_000);
});
