import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { type Instance, Opened } from "../../../tests/support/opened.ts";
import { STREAMS_OF_SESSION } from "../../services/runtime/viewer-streams.ts";
import { FORM_WITHIN_MS } from "./enter.ts";
import { QUIET_MS } from "./pass-request.ts";
import { HANDSHAKE_WITHIN_MS } from "./pass-upgrade.ts";

let opened: Opened;
let anna: Instance;
let cookie: string;
let answerWell: Instance["upstream"]["answer"];
let shakeWell: Instance["upstream"]["shake"];
beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
  cookie = await opened.signOn(anna);
  answerWell = anna.upstream.answer;
  shakeWell = anna.upstream.shake;
});
afterEach(async () => {
  Object.assign(anna.upstream, { answer: answerWell, shake: shakeWell });
  expect((await get()).status, "the next one is served").toBe(200);
});
afterAll(() => opened[Symbol.asyncDispose]());

const get = () => opened.ask(anna.host, "/", { headers: { cookie } });

/** So that the last of it still waits in the panel when the container has gone. */
const MORE_THAN_A_KERNEL_HOLDS = 16 * 1024 * 1024;

/** The bytes that a container writes instead of an answer. */
const writes =
  (...lines: string[]) =>
  ({ socket }: IncomingMessage) =>
    void socket.write(`${lines.join("\r\n")}\r\n\r\n`);

/** Sends the head of a POST, and of its body the beginning. */
async function post(path: string, headers: Record<string, string>, body: string): Promise<Socket> {
  const socket = connect(opened.port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  const lines = Object.entries({ Host: anna.host, Origin: anna.origin, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
  return socket;
}

/** Everything that comes until the other side ends. */
async function restOf(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

/** Lets time pass once somebody waits for it. */
async function passing(ms: number, waiters: number): Promise<void> {
  await eventually(() => expect(opened.app.host.asleep).toBeGreaterThanOrEqual(waiters));
  opened.app.host.advance(ms);
}

describe("a container that", () => {
  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    [
      "answers with a status that no server can send",
      writes("HTTP/1.1 099 Odd", "Content-Length: 0"),
    ],
    [
      "switches to a protocol that nobody asked for",
      writes("HTTP/1.1 101 Switching Protocols", "Upgrade: odd", "Connection: Upgrade"),
    ],
    ["answers with nonsense", writes("nonsense")],
    ["states two lengths", writes("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6")],
    ["hangs up", ({ socket }) => void socket.destroy()],
    ["resets the connection", ({ socket }) => void socket.resetAndDestroy()],
  ])("%s is an error of the panel's own", async (_, answer) => {
    anna.upstream.answer = answer;
    expect((await get()).status).toBe(502);
  });

  test("never answers keeps nobody waiting for ever", async () => {
    const waiters = opened.app.host.asleep;
    anna.upstream.answer = () => undefined;
    const asked = get();
    await passing(QUIET_MS, waiters + 1);
    expect((await asked).status).toBe(504);
  });

  test("sends for ever is cut off when its reader goes", async () => {
    const gone = Promise.withResolvers<void>();
    anna.upstream.answer = (_, response) => {
      response.once("close", gone.resolve);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    };
    const socket = await post("/", { Cookie: cookie, "Content-Length": "0" }, "");
    await once(socket, "data");
    socket.destroy();
    await gone.promise;
  });

  test("is silent for long in the middle of an answer may go on", async () => {
    const answering = Promise.withResolvers<ServerResponse>();
    anna.upstream.answer = (_, response) => {
      response.write("first, ");
      answering.resolve(response);
    };
    const headers = { Cookie: cookie, "Content-Length": "0", Connection: "close" };
    const socket = await post("/", headers, "");
    const response = await answering.promise;
    const [first] = (await once(socket, "data")) as [Buffer];
    opened.app.host.advance(3 * QUIET_MS);
    response.end("then");
    expect(first + (await restOf(socket))).toMatch(/first, [\s\S]*then/);
  });

  test("answers before it has read a body ends the connection with it", async () => {
    anna.upstream.answer = (_, response) => void response.writeHead(413).end("too large");
    const socket = await post("/", { Cookie: cookie, "Content-Length": "1000000" }, "begin");
    const answer = await restOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  test("answers no handshake keeps no WebSocket waiting for ever", async () => {
    const waiters = opened.app.host.asleep;
    anna.upstream.shake = () => undefined;
    const asked = opened.upgrade(anna.host, { Cookie: cookie, Origin: anna.origin });
    await passing(HANDSHAKE_WITHIN_MS, waiters + 1);
    const [socket, answer] = await asked;
    expect(answer).toContain(" 504 ");
    await once(socket.resume(), "close");
  });

  test("refuses a handshake and never ends is left", async () => {
    const left = Promise.withResolvers<void>();
    anna.upstream.shake = (socket) => {
      socket
        .resume()
        .once("close", left.resolve)
        .once("end", () => socket.destroy());
      socket.write("HTTP/1.1 403 Forbidden\r\n\r\nendless");
    };
    // Nor does the browser end.
    const [socket, answer] = await opened.upgrade(
      anna.host,
      { Cookie: cookie, Origin: anna.origin },
      { allowHalfOpen: true },
    );
    expect(answer).toContain(" 403 ");
    expect(answer).not.toContain("endless");
    await left.promise;
    socket.destroy();
  });

  test("closes a WebSocket is heard to its last byte", async () => {
    anna.upstream.shake = (socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
      socket.end(`Connection: Upgrade\r\n\r\n${"x".repeat(MORE_THAN_A_KERNEL_HOLDS)}`);
    };
    const [socket, first] = await opened.upgrade(anna.host, {
      Cookie: cookie,
      Origin: anna.origin,
    });
    let length = first.split("\r\n\r\n")[1]?.length ?? 0;
    for await (const chunk of socket) {
      length += chunk.length;
      await settled();
    }
    expect(length).toBe(MORE_THAN_A_KERNEL_HOLDS);
  });
});

describe("a browser that", () => {
  const whole = (request: IncomingMessage, response: ServerResponse) =>
    void request.on("end", () => response.end("got it"));

  test("sends a body slowly is waited for as long as it sends", async () => {
    anna.upstream.answer = whole;
    const waiters = opened.app.host.asleep;
    const headers = { Cookie: cookie, "Content-Length": "3", Connection: "close" };
    const socket = await post("/", headers, "a");
    const bodyIs = (body: string) =>
      eventually(() => expect(anna.upstream.seen.at(-1)?.body).toBe(body));
    await bodyIs("a");
    socket.write("b");
    await bodyIs("ab");
    await passing(QUIET_MS, waiters + 1);
    socket.write("c");
    expect(await restOf(socket)).toContain("got it");
  });

  test("stops in the middle of a body is given up", async () => {
    anna.upstream.answer = whole;
    const waiters = opened.app.host.asleep;
    const socket = await post("/", { Cookie: cookie, "Content-Length": "3" }, "a");
    await eventually(() => expect(anna.upstream.seen.at(-1)?.body).toBe("a"));
    await passing(QUIET_MS, waiters + 1);
    expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 504 /);
  });

  test("trickles a form in the place of a ticket is given up", async () => {
    const waiters = opened.app.host.asleep;
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    const socket = await post("/.claw/enter", { ...type, "Content-Length": "100" }, "ticket=");
    await passing(FORM_WITHIN_MS, waiters + 1);
    expect(await restOf(socket)).toBe("");
  });

  test("sends much in the place of a ticket is not read to its end", async () => {
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    const socket = await post(
      "/.claw/enter",
      { ...type, "Content-Length": "1000000000" },
      "x".repeat(100_000),
    );
    await restOf(socket);
    expect(socket.destroyed).toBe(true);
  });

  test("leaves before it is admitted leaves nothing open", async () => {
    const { faults, server } = opened.app;
    // A passage would stay open.
    anna.upstream.answer = () => undefined;
    for (let count = 0; count <= STREAMS_OF_SESSION; count++) {
      const admitting = faults.pauseNext("store.listSessions");
      const arrival = once(server.server, "connection");
      const socket = connect(opened.port, "127.0.0.1");
      const headers = `Host: ${anna.host}\r\nOrigin: ${anna.origin}\r\nCookie: ${cookie}\r\n`;
      socket.write(`GET / HTTP/1.1\r\n${headers}\r\n`);
      const [arrived] = (await arrival) as [Socket];
      await admitting.reached;
      const gone = once(arrived, "close");
      socket.destroy();
      await gone;
      admitting.resume();
    }
    // Then what every test expects at its end.
  });
});
