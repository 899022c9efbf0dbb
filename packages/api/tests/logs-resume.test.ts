import { describe, expect, test } from "vitest";
import { type ClawClient, createClawClient } from "../src/client.ts";
import { eventually } from "./support/deadline.ts";
import { TcpProxy } from "./support/tcp-proxy.ts";
import { createTestApp, type TestApp } from "./support/test-app.ts";

async function setUp() {
  const app = await createTestApp({ timing: { heartbeatMs: 600_000 } });
  await app.client.instances.create.mutate({ id: "anna", name: "Anna" });
  await app.until("anna", "running");
  return app;
}

let written = 0;
/** The next lines of the log, on both streams. */
function write(app: TestApp, count: number): void {
  for (const end = written + count; written < end; written++)
    app.engine.write("anna", written % 3 ? "stdout" : "stderr", `n${written}`);
}

function follow(client: ClawClient, tail: number) {
  const texts: string[] = [];
  let skipped = 0;
  let batches = 0;
  const errors: unknown[] = [];
  const subscription = client.instances.logs.subscribe(
    { id: "anna", tail },
    {
      onData: ({ data }) => {
        texts.push(...data.lines.map(({ text }) => text));
        skipped += data.skipped;
        batches += 1;
      },
      onError: (error) => errors.push(error),
    },
  );
  return {
    texts,
    errors,
    skipped: () => skipped,
    begun: () => eventually(() => expect(batches).toBeGreaterThan(0)),
    sees: (text: string) => eventually(() => expect(texts.at(-1)).toBe(text), 20_000),
    leave: () => subscription.unsubscribe(),
  };
}

describe.each([
  ["ws", 15],
  ["sse", 4],
] as const)("a viewer over %s whose connection is cut %i times", (subscriptions, cuts) => {
  test("loses no line and is given none twice", { timeout: 90_000 }, async () => {
    written = 0;
    await using app = await setUp();
    await using proxy = await TcpProxy.to(app.url);
    const viewer = follow(createClawClient({ url: proxy.url, token: app.token, subscriptions }), 0);
    await viewer.begun();
    for (let cut = 0; cut < cuts; cut++) {
      const connections = proxy.connections;
      write(app, 200);
      // Sometimes in the middle of what was sent, sometimes after it.
      if (cut % 2) await viewer.sees(`n${written - 1}`);
      proxy.cut();
      write(app, 100);
      await eventually(() => expect(proxy.connections).toBeGreaterThan(connections), 20_000);
    }
    write(app, 10);
    await viewer.sees(`n${written - 1}`);
    expect(viewer.texts).toEqual(Array.from({ length: written }, (_, n) => `n${n}`));
    expect(viewer.skipped()).toBe(0);
    expect(viewer.errors).toEqual([]);
    viewer.leave();
  });

  test("is given everything anew about all instances", { timeout: 60_000 }, async () => {
    await using app = await setUp();
    await using proxy = await TcpProxy.to(app.url);
    const client = createClawClient({ url: proxy.url, token: app.token, subscriptions });
    let page: string[] = [];
    let snapshots = 0;
    const subscription = client.instances.watch.subscribe(undefined, {
      onData: (event) => {
        if (event.type === "snapshot") {
          page = event.instances.map(({ id }) => id);
          snapshots += 1;
        } else if (event.type === "changed") page = [...new Set([...page, event.instance.id])];
      },
    });
    await eventually(() => expect(page).toEqual(["anna"]));
    proxy.cut();
    await app.client.instances.create.mutate({ id: "ben", name: "Ben" });
    await eventually(() => expect(page).toEqual(["anna", "ben"]), 20_000);
    expect(snapshots).toBe(2);
    subscription.unsubscribe();
  });
});

test("viewers that leave leave nothing behind", async () => {
  await using app = await setUp();
  await using proxy = await TcpProxy.to(app.url);
  for (const subscriptions of ["ws", "sse"] as const) {
    const client = createClawClient({ url: proxy.url, token: app.token, subscriptions });
    for (let round = 0; round < 5; round++) {
      const viewers = Array.from({ length: 4 }, () => follow(client, 10));
      for (const viewer of viewers) await viewer.sees("[gateway] ready");
      for (const viewer of viewers) viewer.leave();
    }
  }
  await eventually(() => {
    expect(proxy.open).toBe(0);
    expect(app.faults.cutStreams("engine.logs")).toBe(0);
  });
});
