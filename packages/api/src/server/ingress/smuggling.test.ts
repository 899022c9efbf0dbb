import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Instance, Opened } from "../../../tests/support/opened.ts";

let opened: Opened;
let anna: Instance;
let cookie: string;
beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
  cookie = await opened.signOn(anna);
});
afterAll(() => opened[Symbol.asyncDispose]());

/** The answer to raw bytes, read until the other side ends. */
async function raw(...lines: string[]): Promise<string> {
  const socket = connect(opened.port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  socket.write(Buffer.from(lines.join("\r\n"), "latin1"));
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

const HIDDEN = "GET /api/v1/admin/rpc HTTP/1.1\r\nHost: x\r\n\r\n";
const length = `Content-Length: ${HIDDEN.length}`;
const head = () => [`Host: ${anna.host}`, `Cookie: ${cookie}`, `Origin: ${anna.origin}`];

test.each<[string, string[]]>([
  ["a length and chunks", [length, "Transfer-Encoding: chunked"]],
  ["chunks and a length", ["Transfer-Encoding: chunked", length]],
  ["two lengths", [length, "Content-Length: 0"]],
  ["a list of lengths", [`${length}, 0`]],
  ["a length with a sign", [`Content-Length: +${HIDDEN.length}`]],
  ["an encoding after chunks", ["Transfer-Encoding: chunked, identity"]],
  ["an encoding that is like chunks", ["Transfer-Encoding: xchunked"]],
  ["a space before a colon", ["Transfer-Encoding : chunked"]],
  ["a folded line", ["X-Folded: a", " Transfer-Encoding: chunked"]],
  ["a line end in a value", ["X-Odd: a\nTransfer-Encoding: chunked"]],
  ["a zero byte in a value", ["X-Odd: a\0b"]],
])("a request with %s is refused, and nothing of it arrives", async (_, headers) => {
  const before = anna.upstream.seen.length;
  const answer = await raw(
    "POST / HTTP/1.1",
    ...head(),
    "Connection: close",
    ...headers,
    "",
    `0\r\n\r\n${HIDDEN}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(anna.upstream.seen).toHaveLength(before);
});

test.each<[string, string[]]>([
  ["length", [length, "", HIDDEN]],
  ["chunks", ["Transfer-Encoding: chunked", "", HIDDEN.length.toString(16), HIDDEN, "0\r\n\r\n"]],
])("a request in the body of another, by its %s, stays one", async (_, rest) => {
  const before = anna.upstream.seen.length;
  anna.upstream.answer = (request, response) =>
    void request.resume().on("end", () => response.end());
  const answer = await raw("POST / HTTP/1.1", ...head(), "Connection: close", ...rest);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  const seen = anna.upstream.seen.slice(before);
  expect(seen.map(({ method, url, body }) => [method, url, body])).toEqual([["POST", "/", HIDDEN]]);
});

test.each<[string, (own: Instance) => string[]]>([
  ["two hosts", ({ host }) => ["GET / HTTP/1.1", `Host: ${host}`, `Host: 127.0.0.1`]],
  ["two hosts, the panel's first", ({ host }) => ["GET / HTTP/1.1", "Host: x", `Host: ${host}`]],
  ["a host in its address", ({ host, origin }) => [`GET ${origin}/ HTTP/1.1`, `Host: ${host}`]],
  ["credentials in its host", ({ host }) => ["GET / HTTP/1.1", `Host: x@${host}`]],
  ["a path in its host", ({ host }) => ["GET / HTTP/1.1", `Host: ${host}/x`]],
  ["a dot after its host", ({ host }) => ["GET / HTTP/1.1", `Host: ${host.replace(":", ".:")}`]],
  ["another port", ({ host }) => ["GET / HTTP/1.1", `Host: ${host}0`]],
  ["no port", ({ spec }) => ["GET / HTTP/1.1", `Host: ${spec.label}.localhost`]],
  ["odd bytes in its host", ({ host }) => ["GET / HTTP/1.1", `Host: \xe9${host}`]],
  ["a name below its host", ({ host }) => ["GET / HTTP/1.1", `Host: x.${host}`]],
])("a request with %s reaches no container", async (_, request) => {
  const before = anna.upstream.seen.length;
  const answer = await raw(...request(anna), `Cookie: ${cookie}`, "Connection: close", "", "");
  expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|03|21) /);
  expect(anna.upstream.seen).toHaveLength(before);
});
