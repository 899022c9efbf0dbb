import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createConnection } from "./connection.ts";

/** A connection to an engine that answers every request alike. */
async function connectTo(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return createConnection(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test("an answer is read whole, and plain text is text", async () => {
  const connection = await connectTo(({ url }, response) =>
    url === "/_ping" ? response.end("OK") : response.end('{"Id":"abc"}'),
  );
  const info = await connection.ask((docker) => docker.getContainer("a").inspect());
  expect(info.Id).toBe("abc");
  const pong = await connection.ask((docker) => docker.ping());
  expect(String(pong)).toBe("OK");
});

test("what the engine refuses is said in its words", async () => {
  const connection = await connectTo((_, response) =>
    response.writeHead(500).end('{"message":"no space left on device"}'),
  );
  await expect(connection.ask((docker) => docker.getContainer("a").start())).rejects.toMatchObject({
    reason: "DISK_FULL",
  });
});

test.each([
  200, 500,
])("an answer (%i) that breaks off half-way is an engine that went away, at once", async (status) => {
  const connection = await connectTo((_, response) => {
    response.writeHead(status, { "content-length": 1_000 }).write('{"Id":', () => {
      response.socket?.destroy();
    });
  });
  await expect(
    connection.ask((docker) => docker.getContainer("a").inspect(), { seconds: 600 }),
  ).rejects.toMatchObject({ reason: "ENGINE_UNREACHABLE" });
});
