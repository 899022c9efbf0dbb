import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { onFirstByte } from "./first-byte.ts";

/** A server that waits for the first byte, a client of it, and its side of the connection. */
async function connected(withinMs: number, then: (byte: number, socket: Socket) => void) {
  // As in a server of HTTP, where a connection that its client ends is not closed by itself.
  const server = createServer({ allowHalfOpen: true }, (socket) =>
    onFirstByte(socket, withinMs, (byte) => then(byte, socket)),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const met = once(server, "connection");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => void client.destroy());
  const [socket] = (await met) as [Socket];
  return { client, socket };
}

test("the first byte is reported, and every byte stays to be read, in order", async () => {
  const read = Promise.withResolvers<string>();
  const { client } = await connected(5_000, (byte, socket) => {
    let text = `${byte}:`;
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.endsWith("!")) read.resolve(text);
    });
  });
  client.write("G");
  client.write("ET /");
  client.end("!");
  expect(await read.promise).toBe("71:GET /!");
});

test.each([
  ["says nothing", 200, (_client: Socket) => undefined],
  ["ends without a word", 60_000, (client: Socket) => void client.end()],
  ["is reset", 60_000, (client: Socket) => void client.resetAndDestroy()],
])("a connection that %s is closed", async (_, withinMs, act) => {
  const told: number[] = [];
  const { client, socket } = await connected(withinMs, (byte) => told.push(byte));
  client.on("error", () => undefined);
  act(client);
  // Unlike `once`, this takes the error of a reset for no failure.
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
  expect(told).toEqual([]);
});
