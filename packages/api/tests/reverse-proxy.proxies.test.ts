import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Duplex } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { BehindProxy, BROWSER, HANDSHAKE } from "./support/behind-proxy.ts";
import { eventually } from "./support/deadline.ts";
import { backupIdOf } from "./support/job-results.ts";
import type { Instance, Opened } from "./support/opened.ts";
import type { ProxyKind } from "./support/reverse-proxy.ts";

/** More than any proxy takes without being told to, and than it keeps in memory. */
const BIG = 8 * 1024 * 1024;
const HALF = 256 * 1024;
const KINDS: readonly ProxyKind[] = ["nginx", "caddy"];

describe.each(KINDS)("behind %s, set up as docs/network.md says,", (kind) => {
  let at: BehindProxy;
  let opened: Opened;
  let anna: Instance;
  beforeAll(async () => {
    at = await BehindProxy.begin(kind, { onDisk: true });
    ({ opened, anna } = at);
  });
  afterAll(() => at?.[Symbol.asyncDispose]());

  test("the panel answers with HSTS, and knows each caller's address, whatever they claim", async () => {
    const { status, headers } = await at.ask(at.panelHost, "/healthz");
    expect([status, headers["strict-transport-security"]]).toEqual([200, "max-age=31536000"]);
    const forged = { "x-forwarded-for": "6.6.6.6", "x-forwarded-host": "evil.example" };
    const created = await at.call(
      "users.create",
      {
        ...{ username: `${kind}-user`, displayName: "U", role: "member" },
        password: "lobsters of the tests",
      },
      forged,
    );
    expect(created.status, created.body).toBe(200);
    const { entries } = await opened.app.client.audit.list.query({ action: "users.create" });
    expect(entries[0]).toMatchObject({ address: BROWSER });
  });

  test("its page is kept up to date by a WebSocket", async () => {
    const socket = new WebSocket(`wss://${at.panelHost}/trpc?connectionParams=1`, {
      ...{ ca: at.proxy.ca, origin: at.panel, localAddress: BROWSER },
      lookup: (_name, _options, done) => done(null, "127.0.0.1", 4),
    });
    await once(socket, "open");
    const { token } = opened.app;
    socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
    const params = { path: "instances.watch", input: null };
    socket.send(JSON.stringify({ id: 1, method: "subscription", params }));
    const messages: string[] = [];
    socket.on("message", (message) => messages.push(String(message)));
    await eventually(() => expect(messages.join()).toContain('"type":"snapshot"'));
    await opened.app.client.instances.update.mutate({ id: "anna", name: "Anna Berg" });
    await eventually(() => expect(messages.join()).toContain("Anna Berg"));
    socket.terminate();
  });

  test("the page Network finds that names of instances lead here, with their WebSockets", async () => {
    const { body } = await at.call("network.probe", {});
    const probe = JSON.parse(body).result.data;
    const { host, pathname } = new URL(probe.url);
    const asked = await at.ask(host, pathname, { headers: { origin: at.panel } });
    expect(JSON.parse(asked.body)).toEqual({
      ...{ proof: probe.proof, host: probe.host, scheme: "https" },
    });
    expect(asked.headers["access-control-allow-origin"]).toBe(at.panel);
    const handshake = at.send(host, pathname, { headers: { origin: at.panel, ...HANDSHAKE } });
    handshake.end();
    const [, socket] = (await once(handshake, "upgrade")) as [unknown, Duplex];
    socket.destroy();
  });

  test("an instance opens by a click, with its WebSocket, and its bookmark leads to the log-in", async () => {
    const cookie = await at.signOn();
    expect(cookie).toMatch(/^__Host-Http-/);
    const page = await at.ask(anna.host, "/", { headers: { cookie } });
    expect([page.status, page.body]).toEqual([200, "hello"]);
    const handshake = at.send(anna.host, "/", {
      headers: { cookie, origin: anna.origin, ...HANDSHAKE },
    });
    handshake.end();
    const [, socket] = (await once(handshake, "upgrade")) as [unknown, Duplex];
    socket.write("bytes");
    const [back] = (await once(socket, "data")) as [Buffer];
    expect(back.toString()).toBe("bytes");
    socket.destroy();
    const bookmark = await at.ask(anna.host, "/chat", { headers: { accept: "text/html" } });
    expect(bookmark.headers.location).toBe(`${at.panel}/open/anna/${anna.spec.label}#to=%2Fchat`);
  });

  test("a body arrives while it is sent, of any size", async () => {
    const cookie = await at.signOn();
    const request = at.send(anna.host, "/upload", {
      method: "POST",
      headers: { cookie, origin: anna.origin, "content-length": BIG },
    });
    const received = hashing();
    anna.upstream.answer = (incoming, response) =>
      void incoming.on("data", received.add).on("end", () => response.end());
    const body = randomBytes(BIG);
    request.write(body.subarray(0, HALF));
    await eventually(() => expect(received.length()).toBeGreaterThan(HALF / 2));
    request.end(body.subarray(HALF));
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect([response.statusCode, received.digest()]).toEqual([200, sha256(body)]);
  });

  test("an answer arrives while it is sent", async () => {
    const cookie = await at.signOn();
    const answering = Promise.withResolvers<ServerResponse>();
    anna.upstream.answer = (_, response) => answering.resolve(response);
    const request = at.send(anna.host, "/", { headers: { cookie } });
    request.end();
    const response = await answering.promise;
    response.write("first");
    const [incoming] = (await once(request, "response")) as [IncomingMessage];
    const chunks = incoming.setEncoding("utf8")[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toBe("first");
    response.end(" then");
    expect((await chunks.next()).value).toBe(" then");
  });

  test("a big backup is downloaded, and uploaded again", async () => {
    const data = path.join(opened.app.home, "instances/anna/data");
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, "big"), randomBytes(BIG));
    const { client } = opened.app;
    const { id: jobId } = await client.backups.create.mutate({});
    const id = await eventually(
      async () => backupIdOf(await client.jobs.get.query({ id: jobId })),
      45_000,
    );
    const link = await at.call("backups.downloadTicket", { id });
    const { url } = JSON.parse(link.body).result.data;
    const download = at.send(at.panelHost, url);
    download.end();
    const [file] = (await once(download, "response")) as [IncomingMessage];
    const bytes = await buffer(file);
    expect(bytes.length).toBeGreaterThan(BIG);
    const upload = at.send(at.panelHost, "/backups/upload", {
      method: "POST",
      headers: {
        ...{ origin: at.panel, authorization: `Bearer ${opened.app.token}` },
        ...{ "content-type": "application/octet-stream", "content-length": bytes.length },
      },
    });
    upload.end(bytes);
    const [listed] = (await once(upload, "response")) as [IncomingMessage];
    const answer = await text(listed);
    expect(listed.statusCode, answer).toBe(200);
    expect(JSON.parse(answer)).toMatchObject({ id });
  });
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The length and hash of what was added so far. */
function hashing() {
  const hash = createHash("sha256");
  let length = 0;
  return {
    length: () => length,
    add(chunk: Buffer) {
      length += chunk.length;
      hash.update(chunk);
    },
    digest: () => hash.digest("hex"),
  };
}
