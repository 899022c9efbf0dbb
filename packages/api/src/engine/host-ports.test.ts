import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { isPortFree } from "./host-ports.ts";

async function listen(address: string, port = 0) {
  const server = createServer().listen({ host: address, port, exclusive: true });
  await once(server, "listening");
  const used = server.address();
  return {
    port: typeof used === "object" && used ? used.port : 0,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

describe("a port", () => {
  test("is free again and again until somebody listens on it", async () => {
    let port: number;
    {
      await using listener = await listen("127.0.0.1");
      port = listener.port;
      expect(await isPortFree("127.0.0.1", port)).toBe(false);
      expect(await isPortFree("0.0.0.0", port)).toBe(false);
    }
    expect(await isPortFree("127.0.0.1", port)).toBe(true);
    expect(await isPortFree("127.0.0.1", port)).toBe(true);
  });

  test("is not free when somebody listens on it at all addresses", async () => {
    await using everywhere = await listen("0.0.0.0");
    expect(await isPortFree("127.0.0.1", everywhere.port)).toBe(false);
  });

  test("of an address that only the Docker host has is for Docker to judge", async () => {
    expect(await isPortFree("192.0.2.1", 20_000)).toBe(true);
  });

  test("can be asked about many times at once", async () => {
    await using listener = await listen("127.0.0.1");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => isPortFree("127.0.0.1", listener.port)),
    );
    expect(new Set(answers)).toEqual(new Set([false]));
  });
});
