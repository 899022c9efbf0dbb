import { once } from "node:events";
import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { type Answered, type Ask, type Instance, Opened } from "../../../tests/support/opened.ts";
import type { SeenByContainer } from "../../../tests/support/upstream.ts";
import { WEBHOOK_BYTES, WEBHOOK_WITHIN_MS } from "./webhook-bounds.ts";

let opened: Opened;
let anna: Instance;
/** With no open path. */
let ben: Instance;
let answerWell: Instance["upstream"]["answer"];

beforeAll(async () => {
  // So that each test can call from addresses of its own, of which each has its share.
  opened = await Opened.begin({ config: { trustsProxy: (address) => address === "127.0.0.1" } });
  anna = await opened.instance("anna");
  ben = await opened.instance("ben");
  answerWell = anna.upstream.answer;
  await opens("/wecom/callback", "/feishu");
});
afterEach(() => {
  anna.upstream.answer = answerWell;
});
afterAll(() => opened[Symbol.asyncDispose]());

const opens = (...webhookPaths: string[]) =>
  opened.app.client.instances.update.mutate({ id: "anna", webhookPaths });

let callers = 0;
const newAddress = () => `203.0.113.${++callers}`;

/** Calls as a channel does, without a session; each call from another address. */
function call(path: string, { headers, ...ask }: Ask = {}, at = anna): Promise<Answered> {
  return opened.ask(at.host, path, {
    ...ask,
    headers: { "x-forwarded-for": newAddress(), ...headers },
  });
}

/** What the container was sent meanwhile. */
async function seenDuring(act: () => Promise<unknown>): Promise<SeenByContainer[]> {
  const before = anna.upstream.seen.length;
  await act();
  return anna.upstream.seen.slice(before);
}

/** The one request that it was sent meanwhile. */
async function sentBy(act: () => Promise<unknown>): Promise<SeenByContainer> {
  const seen = await seenDuring(act);
  expect(seen).toHaveLength(1);
  return seen[0] as SeenByContainer;
}

const namesIn = ({ rawHeaders }: SeenByContainer) =>
  rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());

const valueIn = ({ rawHeaders }: SeenByContainer, name: string) =>
  rawHeaders.find((_, at) => rawHeaders[at - 1]?.toLowerCase() === name && at % 2 === 1);

const secretHeader = () => anna.spec.ingress?.header ?? "";

describe("the callback of a channel", () => {
  test("passes whole, with the signature and the address of its sender, and as nobody", async () => {
    const query = "?msg_signature=5c45&timestamp=1409659589&nonce=26&echostr=P9nAz%2Fb%2B%3D";
    const signature = {
      "x-lark-signature": "s",
      "x-lark-request-timestamp": "1",
      "x-lark-request-nonce": "n",
      "x-line-signature": "l",
      "x-hub-signature-256": "h",
      "x-telegram-bot-api-secret-token": "t",
    };
    const asked = await sentBy(async () => {
      const echo = await call(`/wecom/callback${query}`);
      expect([echo.status, echo.body]).toEqual([200, "hello"]);
    });
    expect([asked.method, asked.url]).toEqual(["GET", `/wecom/callback${query}`]);
    expect(namesIn(asked)).not.toContain(secretHeader());
    const posted = await sentBy(() =>
      call("/feishu/events", {
        method: "POST",
        headers: { ...signature, "content-type": "application/json", "content-length": "13" },
        body: '{"text":"hi"}',
      }),
    );
    expect([posted.method, posted.body]).toEqual(["POST", '{"text":"hi"}']);
    expect(new Set(namesIn(posted))).toEqual(
      new Set([
        ...["host", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "connection"],
        ...["content-type", "content-length", ...Object.keys(signature)],
      ]),
    );
    expect(valueIn(posted, "x-forwarded-for")).toBe(`203.0.113.${callers}`);
    expect(valueIn(posted, "host")).toBe(anna.host);
  });

  test("is refused where no path is open, and again when it is closed", async () => {
    expect((await call("/wecom/callback", {}, ben)).status).toBe(401);
    const seen = await seenDuring(async () => {
      await opens();
      expect((await call("/wecom/callback")).status).toBe(401);
    });
    expect([seen, ben.upstream.seen]).toEqual([[], []]);
    await opens("/wecom/callback", "/feishu");
    expect((await call("/wecom/callback")).status).toBe(200);
  });

  test("reaches no other instance and nothing at a name that is none", async () => {
    const [name = ""] = anna.host.split(".");
    const wrong = anna.host.replace(name, `${name}0`);
    expect((await opened.ask(wrong, "/wecom/callback")).status).toBe(421);
    const port = anna.host.replace(/\d+$/, "1");
    expect((await opened.ask(port, "/wecom/callback")).status).toBe(421);
    // As by a name of an attacker's that leads to the panel.
    expect((await opened.ask("evil.example", "/wecom/callback")).status).not.toBe(200);
  });
});

describe("whoever calls without a session", () => {
  test("is nobody, whatever they say, and passes on no credential", async () => {
    const cookie = await opened.signOn(anna);
    const forged: OutgoingHttpHeaders = {
      [secretHeader()]: "owner",
      "x-openclaw-scopes": "operator.admin",
      "x-openclaw-token": "forged",
      "x-forwarded-user": "forged",
      "x-real-ip": "6.6.6.6",
      forwarded: "for=6.6.6.6",
      x_forwarded_for: "6.6.6.6",
      authorization: "Bearer forged",
      connection: "x-kept",
      "x-kept": "forged",
      cookie: `${cookie}; other=forged`,
    };
    const address = newAddress();
    const seen = await sentBy(() =>
      call("/feishu", {
        method: "POST",
        headers: { ...forged, "x-forwarded-for": `6.6.6.6, ${address}`, "content-length": "0" },
      }),
    );
    const text = JSON.stringify(seen);
    const [, sealed = cookie] = cookie.split("=");
    for (const needle of ["owner", "operator", "forged", "6.6.6.6", "cookie", sealed])
      expect(text, needle).not.toContain(needle);
    expect(namesIn(seen)).not.toContain(secretHeader());
    expect(valueIn(seen, "x-forwarded-for")).toBe(address);
  });

  test("does not use the session of somebody whose browser they make call", async () => {
    const cookie = await opened.signOn(anna);
    const foreign = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
    const seen = await sentBy(() =>
      call("/feishu", { method: "POST", headers: { ...foreign, cookie, "content-length": "0" } }),
    );
    expect(seen.method).toBe("POST");
    expect(namesIn(seen)).not.toContain(secretHeader());
  });

  test.each([
    ...["/", "/chat", "/wecom", "/wecom/callbacks", "/WECOM/callback", "/wecom/callback;x=1"],
    ...["/wecom/callback/..", "/wecom/callback/../../chat", "/wecom/callback/./x"],
    ...["/wecom/callback/%2e%2e/%2e%2e/chat", "/wecom/callback/%2E%2E%2F%2E%2E%2Fchat"],
    ...["/wecom/callback/%252e%252e/chat", "/wecom/callback%2f..%2f..%2fchat"],
    ...["/wecom/callback/..;/chat", "/wecom/callback;/../chat", "/wecom/callback\\..\\..\\chat"],
    ...["//wecom/callback", "/wecom//callback", "/x/../wecom/callback", "/./wecom/callback"],
    ...["/wecom%2fcallback", "/%77ecom/callback", "/wecom/callback%00", "/wecom/callback/.git"],
    ...["/chat?/wecom/callback", "/chat#/wecom/callback", "/tools/invoke", "/.claw/enter"],
    ...["/api/v1/admin/rpc", "/feishu/../api/v1/admin/rpc", "/feishu/%2e%2e/api/v1/admin/rpc"],
  ])("reaches nothing at %s", async (path) => {
    const seen = await seenDuring(async () => {
      for (const method of ["GET", "POST"]) {
        const { status } = await call(path, { method, headers: { "content-length": "0" } });
        expect([401, 403], method).toContain(status);
      }
    });
    expect(seen).toEqual([]);
  });

  test.each(["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])("cannot send %s", async (method) => {
    const seen = await seenDuring(async () => {
      const { status } = await call("/feishu", { method, headers: { "content-length": "0" } });
      expect([401, 403]).toContain(status);
    });
    expect(seen).toEqual([]);
  });

  test("opens no WebSocket", async () => {
    await opens("/ws", "/wecom/callback", "/feishu");
    const handshakes: [Record<string, string>, number][] = [
      [{}, 403],
      [{ Origin: anna.origin }, 401],
    ];
    const seen = await seenDuring(async () => {
      for (const [headers, status] of handshakes) {
        const [socket, answer] = await opened.upgrade(anna.host, headers);
        socket.destroy();
        expect(answer).toContain(` ${status} `);
      }
    });
    expect(seen).toEqual([]);
    expect((await call("/ws")).status, "it is open all the same").toBe(200);
    await opens("/wecom/callback", "/feishu");
  });

  test("plants no service worker at the origin of the Control UI", async () => {
    const seen = await seenDuring(async () => {
      const { status } = await call("/feishu/sw.js", { headers: { "service-worker": "script" } });
      expect(status).toBe(404);
    });
    expect(seen).toEqual([]);
  });

  test("gets no page that runs there, and no cookie", async () => {
    anna.upstream.answer = (_, response) =>
      response
        .writeHead(200, [
          ...["Content-Type", "text/html", "Set-Cookie", "planted=1"],
          ...["Content-Security-Policy", "default-src *"],
        ])
        .end("<script>alert(1)</script>");
    const { headers } = await call("/feishu?echostr=<script>");
    expect(headers["set-cookie"]).toBeUndefined();
    const policy = headers["content-security-policy"];
    expect(policy).toMatch(/default-src \*.*default-src 'none'.*sandbox$/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("a call that", () => {
  /** Begins a POST in chunks of which the test sends each. */
  function begin(headers: OutgoingHttpHeaders = {}) {
    const request = http.request({
      ...{ host: "127.0.0.1", port: opened.port, agent: false },
      ...{ method: "POST", path: "/feishu" },
      headers: { host: anna.host, "x-forwarded-for": newAddress(), ...headers },
    });
    request.on("error", () => undefined);
    const answered = once(request, "response").then(([response]) => {
      (response as IncomingMessage).resume();
      return (response as IncomingMessage).statusCode;
    });
    return { request, answered };
  }

  test("states a body of more than a megabyte is refused before it is read", async () => {
    const seen = await seenDuring(async () => {
      const { request, answered } = begin({ "content-length": WEBHOOK_BYTES + 1 });
      request.flushHeaders();
      expect(await answered).toBe(413);
      request.destroy();
    });
    expect(seen).toEqual([]);
  });

  test("sends more than a megabyte without saying so is cut off there", async () => {
    const complete: boolean[] = [];
    anna.upstream.answer = (request) =>
      void request.on("close", () => complete.push(request.complete)).on("error", () => undefined);
    const { request, answered } = begin();
    // The last byte is the one too many, so nothing of it is unread when the answer comes.
    request.write("x".repeat(WEBHOOK_BYTES));
    request.write("x");
    expect(await answered).toBe(413);
    request.destroy();
    await eventually(() => expect(complete).toEqual([false]));
  });

  test("has exactly a megabyte passes", async () => {
    anna.upstream.answer = (request, response) => void request.on("end", () => response.end("ok"));
    const body = "x".repeat(WEBHOOK_BYTES);
    expect((await call("/feishu", { method: "POST", body })).status).toBe(200);
    expect(anna.upstream.seen.at(-1)?.body).toHaveLength(WEBHOOK_BYTES);
  });

  test.each([
    ["is never answered", true],
    ["never ends its body", false],
  ])("%s is given up after half a minute", async (_, isWhole) => {
    anna.upstream.answer = () => undefined;
    const before = anna.upstream.seen.length;
    const { request, answered } = begin();
    if (isWhole) request.end("{}");
    else request.write("{");
    await eventually(() => expect(anna.upstream.seen).toHaveLength(before + 1));
    opened.app.host.advance(WEBHOOK_WITHIN_MS);
    expect(await answered).toBe(504);
    request.destroy();
  });

  test("is answered without end is cut off after half a minute", async () => {
    anna.upstream.answer = (_, response) => void response.write("begun");
    const { request } = begin();
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const cut = new Promise((resolve) => response.on("error", resolve));
    response.resume();
    opened.app.host.advance(WEBHOOK_WITHIN_MS);
    await cut;
  });

  test("comes too often from one address waits, and nobody else does", async () => {
    const address = newAddress();
    const from = (path: string, at?: Instance) =>
      call(path, { headers: { "x-forwarded-for": address } }, at);
    const seen = await seenDuring(async () => {
      for (let n = 0; n < 20; n++) expect((await from("/feishu")).status).toBe(200);
      const { status, headers } = await from("/feishu");
      expect(status).toBe(429);
      expect(Number(headers["retry-after"])).toBeGreaterThan(0);
      expect(Number(headers["retry-after"])).toBeLessThanOrEqual(20);
    });
    expect(seen).toHaveLength(20);
    expect((await call("/feishu")).status).toBe(200);
    // Requests other than callbacks do not count, and are refused for their own reason.
    expect((await from("/")).status).toBe(401);
    expect((await from("/feishu", ben)).status).toBe(401);
  });

  test("is under way when the instance stops is cut off, and the next finds it down", async () => {
    const other = await opened.instance("cy");
    await opened.app.client.instances.update.mutate({ id: "cy", webhookPaths: ["/feishu"] });
    const reached = Promise.withResolvers<void>();
    other.upstream.answer = () => reached.resolve();
    const cut = call("/feishu", {}, other).then(
      () => "answered",
      () => "cut off",
    );
    await reached.promise;
    await opened.app.client.instances.stop.mutate({ id: "cy" });
    expect(await cut).toBe("cut off");
    await opened.app.until("cy", "stopped");
    expect((await call("/feishu", {}, other)).status).toBe(502);
  });
});
