import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instance, Opened } from "../../tests/support/opened.ts";
import { FRONT, type Front } from "./front/front.ts";

let opened: Opened;
let anna: Instance;
/** The port of a second server, as for the other loopback address. */
let beside: number;
beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
  const server = opened.app.server.getDecorator<Front>(FRONT).another();
  await once(server.listen(0, "127.0.0.1"), "listening");
  beside = (server.address() as AddressInfo).port;
});
afterAll(() => opened[Symbol.asyncDispose]());

async function send(port: number, head: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(head);
  return socket;
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

describe("cookies beyond all measure", () => {
  const cookies = (size: number) => `Cookie: ${"bomb=xxxxxxxxxxxxxx; ".repeat(size / 20)}\r\n\r\n`;

  test.each([
    ["an instance", () => opened.port, () => anna.host],
    ["the panel", () => opened.port, () => `127.0.0.1:${opened.port}`],
    ["an instance at the other loopback address", () => beside, () => anna.host],
  ])("at %s are answered by a page with the remedy", async (_, port, host) => {
    const before = anna.upstream.seen.length;
    // More than the kernel holds: an answer before the end must not become a reset.
    for (const size of [20_000, 8_000_000]) {
      const head = `GET / HTTP/1.1\r\nHost: ${host()}\r\n${cookies(size)}`;
      const answer = await answerOf(await send(port(), head));
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      expect(answer).toContain("请在浏览器里清除这个地址的 Cookie");
      expect(answer).toContain("Clear the cookies of this address");
    }
    expect(anna.upstream.seen).toHaveLength(before);
  });

  test("below the limit reach the instance's log-in", async () => {
    const head = `GET / HTTP/1.1\r\nHost: ${anna.host}\r\nConnection: close\r\n${cookies(8_000)}`;
    expect(await answerOf(await send(opened.port, head))).toMatch(/^HTTP\/1\.1 401 /);
  });

  test("that never end are cut off", async () => {
    const socket = await send(opened.port, `GET / HTTP/1.1\r\nHost: ${anna.host}\r\n`);
    const gone = once(socket, "close");
    const more = () => {
      while (socket.writable && socket.write(cookies(20_000).slice(0, -4)));
    };
    socket.on("drain", more).on("error", () => socket.destroy());
    more();
    socket.resume();
    await gone;
  }, 15_000);
});

test("bytes that form no request are answered with 400", async () => {
  expect(await answerOf(await send(opened.port, "nonsense\r\n\r\n"))).toMatch(/^HTTP\/1\.1 400 /);
});
