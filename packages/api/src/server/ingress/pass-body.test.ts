import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { type Instance, Opened } from "../../../tests/support/opened.ts";

let opened: Opened;
let anna: Instance;
let cookie: string;
let answerWell: Instance["upstream"]["answer"];
beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
  cookie = await opened.signOn(anna);
  answerWell = anna.upstream.answer;
});
afterEach(async () => {
  anna.upstream.answer = answerWell;
  const { status } = await opened.ask(anna.host, "/", { headers: { cookie } });
  expect(status, "the next one is served").toBe(200);
});
afterAll(() => opened[Symbol.asyncDispose]());

/** The answer once its headers are there; nothing of its body is read. */
async function begin(method = "GET"): Promise<IncomingMessage> {
  const request = http.request({
    ...{ host: "127.0.0.1", port: opened.port, agent: false, path: "/asset", method },
    headers: { host: anna.host, cookie },
  });
  request.on("error", () => undefined).end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

/** The length of what came, and whether that was all. */
async function taken(response: IncomingMessage): Promise<{ bytes: number; isWhole: boolean }> {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  response.on("error", () => undefined);
  await new Promise((resolve) => response.once("close", resolve));
  return { bytes, isWhole: response.complete };
}

/** Longer than every buffer on the way, and no multiple of any. */
const body = randomBytes(5_000_011);

/** The head of an answer that states its length, and then whatever `rest` does. */
const states =
  (length: number, rest: (socket: IncomingMessage["socket"]) => void) =>
  ({ socket }: IncomingMessage) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`);
    rest(socket);
  };

describe.each<[string, (response: ServerResponse, length: number) => void]>([
  ["of a known length", (response, length) => void response.setHeader("content-length", length)],
  ["in chunks", () => undefined],
])("a long answer %s", (_, prepare) => {
  test("comes whole", async () => {
    anna.upstream.answer = (_request, response) => {
      prepare(response, body.length);
      response.end(body);
    };
    expect((await buffer(await begin())).equals(body)).toBe(true);
  });

  test("waits in the container while its browser takes nothing, and then comes whole", async () => {
    const pieces = 500;
    let sent = 0;
    const [given, got] = [createHash("sha256"), createHash("sha256")];
    anna.upstream.answer = async (_request, response) => {
      prepare(response, pieces * 100_000);
      for (; sent < pieces; sent++) {
        const piece = body.subarray(sent, sent + 100_000);
        given.update(piece);
        if (!response.write(piece)) await once(response, "drain");
      }
      response.end();
    };
    const response = await begin();
    let before = -1;
    await eventually(async () => {
      const last = before;
      before = sent;
      for (let turn = 0; turn < 5; turn++) await settled();
      expect(before).toBe(last);
    });
    expect(sent, "more than the kernel holds").toBeLessThan(pieces);
    for await (const piece of response) got.update(piece);
    expect(got.digest("hex")).toBe(given.digest("hex"));
  });
});

describe("a container that states a length", () => {
  test("and breaks off before it leaves an answer that is not complete", async () => {
    anna.upstream.answer = states(body.length, (socket) => {
      socket.end(body.subarray(0, 3_000_000));
    });
    const { bytes, isWhole } = await taken(await begin());
    expect(isWhole).toBe(false);
    expect(bytes).toBeLessThanOrEqual(3_000_000);
  });

  test("and sends more is heard to that length", async () => {
    anna.upstream.answer = states(1_000_000, (socket) => void socket.write(body));
    expect(await taken(await begin())).toEqual({ bytes: 1_000_000, isWhole: true });
  });

  test.each([
    ["HEAD", 200],
    ["GET", 304],
    ["GET", 204],
  ])("of a body that is not sent ends %s with %i at once", async (method, status) => {
    anna.upstream.answer = (_request, response) =>
      void response.writeHead(status, { "content-length": body.length }).end();
    const response = await begin(method);
    expect(response.statusCode).toBe(status);
    expect(await taken(response)).toEqual({ bytes: 0, isWhole: true });
  });
});
