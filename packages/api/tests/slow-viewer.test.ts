import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createClawClient } from "../src/client.ts";
import { eventually, settled } from "./support/deadline.ts";
import { TcpProxy } from "./support/tcp-proxy.ts";
import { createTestApp } from "./support/test-app.ts";

const LINE = "x".repeat(1_000);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Memory that is really held, without what only waits to be collected. */
async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await settled();
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test.each([
  "ws",
  "sse",
] as const)("a viewer over %s that stops reading holds up nobody and fills no memory", {
  timeout: 60_000,
}, async (subscriptions) => {
  await using app = await createTestApp({ timing: { heartbeatMs: 600_000 } });
  await app.client.instances.create.mutate({ id: "anna", name: "Anna" });
  await app.until("anna", "running");
  await using proxy = await TcpProxy.to(app.url);
  const stalled = createClawClient({ url: proxy.url, token: app.token, subscriptions });
  let taken = 0;
  const count = {
    onData: ({ data }: { data: { lines: unknown[] } }) => {
      taken += data.lines.length;
    },
    onError: () => {},
  };
  const slow = stalled.instances.logs.subscribe({ id: "anna", tail: 1 }, count);
  await eventually(() => expect(taken).toBe(1));
  proxy.freeze();

  let seen = 0;
  let begun = false;
  const fast = app.client.instances.logs.subscribe(
    { id: "anna", tail: 0 },
    {
      onData: ({ data }) => {
        begun = true;
        seen += data.lines.length;
      },
    },
  );
  await eventually(() => expect(begun).toBe(true));
  const before = await heldBytes();
  let written = 0;
  for (let round = 0; round < 60; round++) {
    for (let line = 0; line < 1_000; line++) app.engine.write("anna", "stdout", LINE);
    written += 1_000;
    await eventually(() => expect(seen).toBe(written), 10_000);
  }
  expect(((await heldBytes()) - before) / 1024 ** 2).toBeLessThan(20);
  fast.unsubscribe();
  slow.unsubscribe();
  proxy.cut();
});
