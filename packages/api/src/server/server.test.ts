import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "../../tests/support/deadline.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  body: unknown;
}

interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A request with exactly these headers, which `fetch` would not send. */
async function ask(app: TestApp, options: Ask = {}): Promise<Answer> {
  const { port } = app.server.server.address() as AddressInfo;
  const request = http.request({
    host: "127.0.0.1",
    port,
    method: options.method ?? "GET",
    path: options.path ?? "/healthz",
    headers: {
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${app.token}`,
      ...options.headers,
    },
    agent: false,
  });
  const answered = once(request, "response");
  request.end(options.body);
  const [response] = (await answered) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const json = response.headers["content-type"]?.startsWith("application/json") ?? false;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    body: json ? JSON.parse(text) : null,
  };
}

const post = (app: TestApp, path: string, body: string | Buffer, type = "application/json") =>
  ask(app, { method: "POST", path: `/trpc/${path}`, headers: { "content-type": type }, body });

const anna = JSON.stringify({ id: "anna", name: "Anna", start: false });

describe("the panel on its one port", () => {
  test("says that it is well", async () => {
    await using app = await createTestApp();
    const answer = await ask(app);
    expect(answer).toMatchObject({ status: 200, body: { ok: true } });
  });

  test("answers queries by GET and mutations by POST, as plain JSON", async () => {
    await using app = await createTestApp();
    const made = await post(app, "instances.create", anna);
    const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const data = { id: "anna", createdAt };
    expect(made).toMatchObject({ status: 200, body: { result: { data } } });
    const input = encodeURIComponent(JSON.stringify({ id: "anna" }));
    const got = await ask(app, { path: `/trpc/instances.get?input=${input}` });
    expect(got.body).toEqual(made.body);
  });

  test("does not mutate by GET, nor answer what it does not know", async () => {
    await using app = await createTestApp();
    const input = encodeURIComponent(anna);
    expect((await ask(app, { path: `/trpc/instances.create?input=${input}` })).status).toBe(405);
    expect(app.context.runtime.live.board.list()).toEqual([]);
    const unknown = await ask(app, { path: "/trpc/instances.explode" });
    expect(unknown).toMatchObject({
      status: 404,
      body: { error: { data: { code: "NOT_FOUND" } } },
    });
    expect(
      (await ask(app, { method: "DELETE", path: "/trpc/instances.list" })).status,
    ).toBeGreaterThanOrEqual(400);
  });

  test("ends while viewers are connected", async () => {
    const app = await createTestApp();
    const opened = [app.client, app.sse].map(
      (client) =>
        new Promise((resolve) => {
          client.instances.watch.subscribe(undefined, { onData: resolve, onError: () => {} });
          client.jobs.watch.subscribe(undefined, { onError: () => {} });
        }),
    );
    await Promise.all(opened);
    const ended = app[Symbol.asyncDispose]();
    await expect(
      Promise.race([
        ended.then(() => "ended"),
        new Promise((resolve) => setTimeout(resolve, 5_000, "still there").unref()),
      ]),
    ).resolves.toBe("ended");
  });
});

describe("every answer", () => {
  test.each([
    ["health", {}],
    ["an answer", { path: "/trpc/instances.list" }],
    ["an error", { path: "/trpc/instances.get?input=%7B%7D" }],
    ["nothing there", { path: "/nowhere.js" }],
    ["a refusal", { headers: { host: "evil.example" } }],
    [
      "a wrong type",
      { method: "POST", path: "/trpc/x", headers: { "content-type": "text/plain" } },
    ],
  ] as [string, Ask][])("tells browsers to be careful: %s", async (_, options) => {
    await using app = await createTestApp();
    const { headers } = await ask(app, options);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe-");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("what is sent", () => {
  test.each([
    [
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n1\r\n--x--',
    ],
    ["text/plain", anna],
    ["application/x-www-form-urlencoded", "id=anna"],
    ["application/octet-stream", anna],
    ["", anna],
  ])("is refused when it is not JSON, as a form of another site would send it: %s", async (type, body) => {
    await using app = await createTestApp();
    const answer = await post(app, "instances.create", body, type);
    expect(answer).toMatchObject({
      status: 415,
      body: { error: { data: { code: "UNSUPPORTED_MEDIA_TYPE", httpStatus: 415 } } },
    });
    expect(app.context.runtime.live.board.list()).toEqual([]);
  });

  test("is refused when it says nothing of its type", async () => {
    await using app = await createTestApp();
    const answer = await ask(app, { method: "POST", path: "/trpc/instances.create", body: anna });
    expect(answer.status).toBe(415);
    expect(app.context.runtime.live.board.list()).toEqual([]);
  });

  test.each([
    "{",
    "",
    "nonsense",
    '{"id":"anna"',
    "null",
    "[]",
    '"anna"',
  ])("is refused when it is no JSON, or not of an instance: %j", async (body) => {
    await using app = await createTestApp();
    const answer = await post(app, "instances.create", body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { data: { httpStatus: 400, reason: "INVALID_INPUT" } } },
    });
    expect(answer.text).not.toContain("node_modules");
    expect(answer.body).not.toHaveProperty("error.data.stack");
  });

  test("is refused when it is too large, in the shape that clients read", async () => {
    await using app = await createTestApp();
    const { port } = app.server.server.address() as AddressInfo;
    const request = http.request({
      port,
      host: "127.0.0.1",
      method: "POST",
      path: "/trpc/instances.saveConfig",
      headers: {
        host: `127.0.0.1:${port}`,
        authorization: `Bearer ${app.token}`,
        "content-type": "application/json",
        "content-length": String(1024 ** 3),
      },
    });
    request.on("error", () => {});
    request.flushHeaders();
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    const body = JSON.parse(String((await response.toArray())[0]));
    expect(response.statusCode).toBe(413);
    expect(body.error.data).toEqual({
      code: "PAYLOAD_TOO_LARGE",
      httpStatus: 413,
      reason: "INVALID_INPUT",
      issues: [],
    });
    expect(body.error.message).toContain("16777216 bytes");
    request.destroy();
  });

  test("of 5 MB is judged by what it is", async () => {
    await using app = await createTestApp();
    await post(app, "instances.create", anna);
    const text = `{ a: "${"\u{1f99e}".repeat(1_300_000)}" }`;
    const body = JSON.stringify({ id: "anna", revision: "x", text });
    expect(await post(app, "instances.saveConfig", body)).toMatchObject({
      status: 413,
      body: { error: { data: { reason: "CONFIG_TOO_LARGE" } } },
    });
  });
});

const FOREIGN: [string, Record<string, string>][] = [
  ["another name, as in DNS rebinding", { host: "evil.example" }],
  ["another name with our port", { host: "evil.example:8000", origin: "http://evil.example:8000" }],
  ["a page of another site", { origin: "http://evil.example" }],
  ["a page of an instance", { origin: "http://127.0.0.1:18789" }],
  ["a sandboxed page", { origin: "null" }],
  ["a page of another site that hides itself", { "sec-fetch-site": "cross-site" }],
];

describe("somebody else's page", () => {
  test.each(FOREIGN)("is refused over HTTP: %s", async (_, headers) => {
    await using app = await createTestApp();
    const json = { ...headers, "content-type": "application/json" };
    for (const options of [
      { headers },
      { path: "/trpc/instances.list", headers },
      { path: "/", headers },
      { method: "POST", path: "/trpc/instances.create", headers: json, body: anna },
      { method: "OPTIONS", path: "/trpc/instances.create", headers },
    ]) {
      const answer = await ask(app, options);
      expect(answer).toMatchObject({
        status: 403,
        body: { error: { data: { code: "FORBIDDEN", reason: "INVALID_INPUT" } } },
      });
    }
    expect(app.context.runtime.live.board.list()).toEqual([]);
  });

  test.each(FOREIGN)("is refused a WebSocket: %s", async (_, headers) => {
    await using app = await createTestApp();
    const { port } = app.server.server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, {
      headers: { host: `127.0.0.1:${port}`, ...headers },
    });
    const [, response] = (await once(socket, "unexpected-response")) as [
      http.ClientRequest,
      http.IncomingMessage,
    ];
    expect(response.statusCode).toBe(403);
    // The connection is closed, too: it would keep the panel from ending.
    await once(response.resume(), "close");
    socket.on("error", () => {});
    socket.terminate();
  });

  test("is refused a WebSocket at every path", async () => {
    await using app = await createTestApp();
    const { port } = app.server.server.address() as AddressInfo;
    for (const path of ["/", "/healthz", "/trpc/instances.list", "/trpc/"]) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
        headers: { origin: "http://evil.example" },
      });
      socket.on("error", () => {});
      const opened = await Promise.race([
        once(socket, "open").then(() => true),
        once(socket, "close").then(() => false),
        once(socket, "unexpected-response").then(() => false),
      ]);
      expect(opened, path).toBe(false);
      socket.terminate();
    }
  });
});

describe("our own page, and programs", () => {
  test.each([
    ["a page", (port: number) => ({ origin: `http://127.0.0.1:${port}` })],
    [
      "a page under localhost",
      (port: number) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}` }),
    ],
    ["a program", () => ({})],
  ] as [
    string,
    (port: number) => Record<string, string>,
  ][])("are answered over HTTP and WebSocket: %s", async (_, headersFor) => {
    await using app = await createTestApp();
    const { port } = app.server.server.address() as AddressInfo;
    const headers = headersFor(port);
    expect((await ask(app, { path: "/trpc/instances.list", headers })).status).toBe(200);
    const authorization = `Bearer ${app.token}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, {
      headers: { host: `127.0.0.1:${port}`, authorization, ...headers },
    });
    await once(socket, "open");
    const answered = once(socket, "message");
    socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "instances.list" } }));
    const [data] = (await answered) as [Buffer];
    expect(JSON.parse(data.toString())).toMatchObject({ id: 1, result: { data: [] } });
    socket.terminate();
  });

  test("that send nonsense over a WebSocket do not harm the others", async () => {
    await using app = await createTestApp();
    const { port } = app.server.server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
    await once(socket, "open");
    for (const nonsense of ["", "{", "null", '{"id":1}', '{"id":1,"method":"x"}', Buffer.alloc(9)])
      socket.send(nonsense);
    socket.send(JSON.stringify({ id: 7, method: "query", params: { path: "instances.list" } }));
    const seen: string[] = [];
    socket.on("message", (data) => seen.push(String(data)));
    socket.on("error", () => {});
    await eventually(() => {
      const told =
        seen.some((text) => text.includes('"id":7')) || socket.readyState === WebSocket.CLOSED;
      expect(told).toBe(true);
    });
    socket.terminate();
    expect((await ask(app)).status).toBe(200);
  });
});
