import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../tests/support/deadline.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { LONG_BODY_MS, SHORT_BODY_MS } from "./body-deadlines.ts";

interface Begun {
  path: string;
  type?: string;
  length?: number;
  bearer?: string;
}

/** Sends the head of a request and the first byte of its body, and collects what comes back. */
async function begin(app: TestApp, { path, type, length = 100, bearer }: Begun) {
  const asleep = app.host.asleep;
  const { port } = app.server.server.address() as AddressInfo;
  const socket: Socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  const closed = once(socket, "close");
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Content-Type: ${type ?? "application/json"}`,
    `Content-Length: ${length}`,
    ...(bearer === undefined ? [] : [`Authorization: Bearer ${bearer}`]),
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n{`);
  await eventually(() => expect(app.host.asleep).toBeGreaterThan(asleep));
  return { socket, closed, answer: () => Buffer.concat(chunks).toString() };
}

const LOG_IN = { path: "/trpc/auth.login" };

describe("a body that does not come", () => {
  test("ends the connection of who has not logged in", async () => {
    await using app = await createTestApp();
    const { socket, closed, answer } = await begin(app, LOG_IN);
    app.host.advance(SHORT_BODY_MS - 1);
    await settled();
    expect(socket.destroyed).toBe(false);
    app.host.advance(1);
    await closed;
    expect(answer()).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("does so also behind a refusal, after which it would be read on", async () => {
    await using app = await createTestApp();
    const refused = await begin(app, { ...LOG_IN, type: "text/plain" });
    await eventually(() => expect(refused.answer()).toMatch(/^HTTP\/1\.1 415 /));
    expect(refused.socket.destroyed).toBe(false);
    app.host.advance(SHORT_BODY_MS);
    await refused.closed;
  });

  test("of somebody who has has longer, where it is long", async () => {
    await using app = await createTestApp();
    const path = "/trpc/instances.saveConfig";
    const { socket, closed } = await begin(app, { path, length: 1_000_000, bearer: app.token });
    app.host.advance(SHORT_BODY_MS);
    await settled();
    expect(socket.destroyed).toBe(false);
    app.host.advance(LONG_BODY_MS);
    await closed;
  });

  test("is nothing to an upload that was admitted, which has a rule of its own", async () => {
    await using app = await createTestApp({ config: { uploadIdleMs: 10 * LONG_BODY_MS } });
    const type = "application/octet-stream";
    const upload = { path: "/backups/upload", type, length: 10_000 };
    const { socket } = await begin(app, { ...upload, bearer: app.token });
    app.host.advance(2 * LONG_BODY_MS);
    await settled();
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  test("leaves nothing that waits when it does come", async () => {
    await using app = await createTestApp();
    const asleep = app.host.asleep;
    const { socket, answer } = await begin(app, LOG_IN);
    socket.write("x".repeat(99));
    await eventually(() => expect(answer()).toMatch(/^HTTP\/1\.1 400 /));
    await eventually(() => expect(app.host.asleep).toBe(asleep));
    socket.destroy();
  });
});
