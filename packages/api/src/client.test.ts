import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { eventually } from "../tests/support/deadline.ts";
import { TcpProxy } from "../tests/support/tcp-proxy.ts";
import { createTestApp } from "../tests/support/test-app.ts";
import { createClawClient } from "./client.ts";

test.each(["", "/", "/anything?x=1"])("the address may end with %j", async (end) => {
  await using app = await createTestApp();
  const client = createClawClient({ url: app.url + end, token: app.token });
  expect(await client.instances.list.query()).toEqual([]);
  const first = await new Promise((resolve, reject) => {
    client.instances.watch.subscribe(undefined, { onData: resolve, onError: reject });
  });
  expect(first).toMatchObject({ type: "snapshot" });
});

describe("the token", () => {
  /** A server that refuses everything and keeps what it was asked. */
  async function listener() {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      response.writeHead(500).end();
    });
    server.on("upgrade", (request, socket) => {
      asked.push(request);
      socket.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      asked,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  test("goes with every call and every SSE stream as a bearer", async () => {
    await using server = await listener();
    const client = createClawClient({ url: server.url, token: "t0ken", subscriptions: "sse" });
    await client.instances.list.query().catch(() => undefined);
    const watching = client.instances.watch.subscribe(undefined, { onError: () => {} });
    await eventually(() => expect(server.asked.length).toBeGreaterThanOrEqual(2));
    watching.unsubscribe();
    for (const { headers } of server.asked) expect(headers.authorization).toBe("Bearer t0ken");
    for (const { url } of server.asked) expect(url).not.toContain("t0ken");
  });

  test("does not go into the address of a WebSocket", async () => {
    await using server = await listener();
    const client = createClawClient({ url: server.url, token: "t0ken" });
    const watching = client.instances.watch.subscribe(undefined, { onError: () => {} });
    await eventually(() => expect(server.asked.length).toBeGreaterThan(0));
    watching.unsubscribe();
    expect(server.asked[0]?.url).toContain("connectionParams=1");
    expect(server.asked[0]?.url).not.toContain("t0ken");
  });

  test("may be left out: nothing is sent in its place", async () => {
    await using server = await listener();
    const client = createClawClient({ url: server.url });
    await client.instances.list.query().catch(() => undefined);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  test("is taken by the panel on every way", async () => {
    await using app = await createTestApp();
    for (const subscriptions of ["ws", "sse"] as const) {
      const client = createClawClient({ url: app.url, token: app.token, subscriptions });
      expect(await client.instances.list.query()).toEqual([]);
      const first = await new Promise((resolve, reject) => {
        client.instances.watch.subscribe(undefined, { onData: resolve, onError: reject });
      });
      expect(first).toMatchObject({ type: "snapshot" });
    }
  });
});

describe("its connection", () => {
  test("is none without a subscription, one for all, and ends by itself after the last", async () => {
    await using app = await createTestApp();
    await using proxy = await TcpProxy.to(app.url);
    const client = createClawClient({ url: proxy.url, token: app.token });
    expect(proxy.connections).toBe(0);
    let snapshots = 0;
    const subscriptions = Array.from({ length: 8 }, () =>
      client.instances.watch.subscribe(undefined, {
        onData: ({ type }) => {
          if (type === "snapshot") snapshots += 1;
        },
      }),
    );
    await eventually(() => expect(snapshots).toBe(8));
    expect(proxy.open).toBe(1);
    for (const subscription of subscriptions) subscription.unsubscribe();
    await eventually(() => expect(proxy.open).toBe(0));
  });

  test("that cannot be made is an error of the call, in words", async () => {
    const client = createClawClient({ url: "http://127.0.0.1:1" });
    await expect(client.instances.list.query()).rejects.toThrow(/fetch failed/);
  });
});
