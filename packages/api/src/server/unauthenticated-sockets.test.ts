import { EventEmitter, once } from "node:events";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { eventually, settled } from "../../tests/support/deadline.ts";
import { createTestApp, createTestPanel, type TestApp } from "../../tests/support/test-app.ts";
import {
  createUnauthenticatedSockets,
  GOODBYE_MS,
  SIGN_IN_WITHIN_MS,
} from "./unauthenticated-sockets.ts";

/** A WebSocket as the page opens it, which has not said yet whose it is. */
async function connect(app: TestApp, query = "?connectionParams=1") {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/trpc${query}`);
  socket.on("error", () => undefined);
  const closed = once(socket, "close").then(([code]) => Number(code));
  await once(socket, "open");
  return { socket, closed, [Symbol.dispose]: () => socket.terminate() };
}

const params = (token: string) => JSON.stringify({ method: "connectionParams", data: { token } });
const call = (path: string, input: unknown, method = "query") =>
  JSON.stringify({ id: 1, method, params: { path, input } });

const BIG = "x".repeat(1024 * 1024);

describe("a WebSocket that nobody has signed in by", () => {
  test.each([
    ["with the token", `{"method":"connectionParams","data":{"token":"${BIG}"}}`],
    ["as a call", call("auth.login", { username: BIG, password: "x" }, "mutation")],
    ["as nonsense", BIG],
  ])("is cut off by a message that is too long: %s", async (_, text) => {
    await using app = await createTestApp();
    for (const query of ["?connectionParams=1", ""]) {
      using anonymous = await connect(app, query);
      const answers: string[] = [];
      anonymous.socket.on("message", (data) => answers.push(String(data)));
      anonymous.socket.send(text);
      expect(await anonymous.closed).toBe(1006);
      expect(answers).toEqual([]);
    }
  });

  test("is cut off before such a message is whole, also when it comes in parts", async () => {
    await using app = await createTestApp();
    using anonymous = await connect(app);
    const part = "x".repeat(8 * 1024);
    for (let sent = 0; sent < 9; sent++) anonymous.socket.send(part, { fin: false });
    expect(await anonymous.closed).toBe(1006);
  });

  test("is cut off also when its token is none", async () => {
    await using app = await createTestApp();
    using anonymous = await connect(app);
    anonymous.socket.send(params("A".repeat(43)));
    anonymous.socket.send(call("instances.list", BIG));
    expect(await anonymous.closed).toBe(1006);
  });

  test("may send many short messages", async () => {
    await using app = await createTestApp();
    using anonymous = await connect(app, "");
    const text = call("instances.list", { note: "x".repeat(1_000) });
    for (let sent = 0; sent < 200; sent++) anonymous.socket.send(text);
    const refusals: string[] = [];
    await new Promise<void>((resolve) => {
      anonymous.socket.on("message", (data) => {
        if (refusals.push(String(data)) === 200) resolve();
      });
    });
    expect(refusals.every((each) => each.includes("UNAUTHENTICATED"))).toBe(true);
  });

  test.each([
    ["says nothing", null],
    ["says what is no session's", params("A".repeat(43))],
  ])("is closed after half a minute when it %s", async (_, text) => {
    await using app = await createTestApp();
    using anonymous = await connect(app);
    if (text !== null) {
      anonymous.socket.send(text);
      anonymous.socket.send(call("auth.state", null));
      await once(anonymous.socket, "message");
    }
    app.host.advance(SIGN_IN_WITHIN_MS - 1);
    await settled();
    expect(anonymous.socket.readyState).toBe(WebSocket.OPEN);
    app.host.advance(1);
    expect(await anonymous.closed).toBe(1008);
  });
});

test("one that does not answer the goodbye is cut off all the same", async () => {
  await using app = await createTestApp();
  using anonymous = await connect(app);
  // As a program that has opened it and reads nothing more.
  anonymous.socket.pause();
  app.host.advance(SIGN_IN_WITHIN_MS);
  await settled();
  app.host.advance(GOODBYE_MS);
  await eventually(() => expect(app.server.websocketServer.clients.size).toBe(0));
});

test("an anonymous caller who does not read what they are answered is cut off", async () => {
  await using panel = await createTestPanel();
  const connection = Object.assign(new EventEmitter(), { writableLength: 0 });
  const socket = new EventEmitter();
  let isCut = false;
  Object.assign(socket, { terminate: () => (isCut = true) });
  createUnauthenticatedSockets(panel.context, { introduce: () => undefined }).meet(
    socket as never,
    {
      socket: connection as never,
    },
  );
  connection.emit("data", Buffer.alloc(10));
  expect(isCut).toBe(false);
  connection.writableLength = 2 * 1024 * 1024;
  connection.emit("data", Buffer.alloc(10));
  expect(isCut).toBe(true);
  socket.emit("close");
});

describe("a WebSocket that somebody has signed in by", () => {
  test("takes a long message, also right behind the token, and stays open", async () => {
    await using app = await createTestApp();
    const made = await app.client.instances.create.mutate({ id: "anna", name: "A", start: false });
    expect(made.id).toBe("anna");
    using known = await connect(app);
    known.socket.send(params(app.token));
    const text = `{ a: "${"x".repeat(3 * 1024 * 1024)}" }`;
    known.socket.send(
      call("instances.saveConfig", { id: "anna", text, revision: "x" }, "mutation"),
    );
    const [data] = (await once(known.socket, "message")) as [Buffer];
    expect(data.toString()).toMatch(/CONFIG_TOO_LARGE|REVISION_MISMATCH/);
    app.host.advance(SIGN_IN_WITHIN_MS);
    known.socket.send(call("instances.list", null));
    const [listed] = (await once(known.socket, "message")) as [Buffer];
    expect(listed.toString()).toContain('"anna"');
  });

  test("leaves nothing that waits", async () => {
    await using app = await createTestApp();
    const asleep = app.host.asleep;
    using known = await connect(app);
    known.socket.send(params(app.token));
    known.socket.send(call("instances.list", null));
    await once(known.socket, "message");
    expect(app.host.asleep).toBe(asleep);
    using anonymous = await connect(app);
    anonymous.socket.close();
    await eventually(() => expect(app.host.asleep).toBe(asleep));
  });
});
