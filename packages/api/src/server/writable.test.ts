import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../tests/support/deadline.ts";
import { writableOf } from "./writable.ts";

/** A connection whose reader reads when it is told to. */
async function connection() {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const accepted = once(server, "connection");
  const writer = connect(port, "127.0.0.1");
  const [reader] = (await accepted) as [Socket];
  for (const socket of [writer, reader]) socket.on("error", () => {});
  return {
    writer,
    reader,
    fill() {
      while (writer.writableLength < 4 * 1024 * 1024) writer.write(Buffer.alloc(1024 * 1024));
    },
    async [Symbol.asyncDispose]() {
      writer.destroy();
      reader.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const never = new AbortController().signal;

/** Tells whether a promise is over by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await settled();
  return over;
}

describe("a viewer's connection", () => {
  test("that takes in what it is sent holds nobody back", async () => {
    await using pair = await connection();
    expect(await isOver(writableOf(pair.writer)(never))).toBe(true);
  });

  test("that is full holds back until it is empty again", async () => {
    await using pair = await connection();
    pair.fill();
    const waiting = writableOf(pair.writer)(never);
    expect(await isOver(waiting)).toBe(false);
    pair.reader.resume();
    await waiting;
    expect(pair.writer.writableLength).toBe(0);
  });

  test("that is closed, or whose viewer leaves, holds nobody back", async () => {
    await using pair = await connection();
    pair.fill();
    const writable = writableOf(pair.writer);
    const leaving = new AbortController();
    const left = writable(leaving.signal);
    const closed = writable(never);
    leaving.abort();
    await left;
    pair.writer.destroy();
    await closed;
    await writable(never);
  });

  test("is listened to no longer when the wait is over", async () => {
    await using pair = await connection();
    const before = pair.writer.listenerCount("close");
    for (let round = 0; round < 20; round++) {
      pair.fill();
      const leaving = new AbortController();
      const waiting = writableOf(pair.writer)(leaving.signal);
      leaving.abort();
      await waiting;
    }
    pair.fill();
    const waiting = writableOf(pair.writer)(never);
    pair.reader.resume();
    await waiting;
    await eventually(() => {
      expect(pair.writer.listenerCount("drain")).toBe(0);
      expect(pair.writer.listenerCount("close")).toBe(before);
    });
  });
});
