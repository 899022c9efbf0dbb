import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import type { InstanceId } from "@claw/core/instance";
import type { ClawClient } from "../src/client.ts";

/** Whom a client of TLS trusts, and the name that it asks for. */
export interface Tls {
  ca: string;
  servername: string;
}

/** A server on loopback as a browser asks it, over connections kept open. */
export interface Visit extends Disposable {
  port: number;
  get(path: string): Promise<{ status: number; firstByteMs: number; ms: number }>;
  /** Sends a body of so many bytes. */
  upload(bytes: number): Promise<{ status: number }>;
  webSocket(): Promise<Socket>;
}

const PIECE = Buffer.alloc(1_000_000, "x");

interface Place {
  port: number;
  headers?: Record<string, string>;
  /** Without it, plain HTTP. */
  tls?: Tls | undefined;
}

export function visit({ port, headers = {}, tls }: Place): Visit {
  const agent = tls
    ? new https.Agent({ keepAlive: true, ...tls })
    : new http.Agent({ keepAlive: true });
  const { get, request: ask } = tls ? https : http;
  return {
    port,
    async get(path) {
      const begun = performance.now();
      const request = get({ host: "127.0.0.1", port, path, agent, headers });
      const [response] = (await once(request, "response")) as [IncomingMessage];
      const firstByteMs = performance.now() - begun;
      for await (const _ of response);
      return { status: response.statusCode ?? 0, firstByteMs, ms: performance.now() - begun };
    },
    async upload(bytes) {
      const more = { "content-length": bytes, "content-type": "application/octet-stream" };
      const request = ask({
        ...{ host: "127.0.0.1", port, path: "/upload", method: "POST", agent },
        headers: { ...headers, ...more },
      });
      const answered = once(request, "response");
      for (let left = bytes; left > 0; left -= PIECE.length)
        if (!request.write(PIECE.subarray(0, left))) await once(request, "drain");
      request.end();
      const [response] = (await answered) as [IncomingMessage];
      response.resume();
      return { status: response.statusCode ?? 0 };
    },
    webSocket: () => openWebSocket({ port, headers, tls }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

async function openWebSocket({ port, headers, tls }: Place): Promise<Socket> {
  const at = { host: "127.0.0.1", port };
  const socket = tls ? connectTls({ ...at, ...tls }) : connect(at);
  const handshake = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(handshake).map(([name, value]) => `${name}: ${value}`);
  socket.setNoDelay(true).write(`GET /ws HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (!answer.toString().startsWith("HTTP/1.1 101 "))
    throw new Error(`a WebSocket was refused: ${answer}`);
  return socket;
}

/** Signs on at an instance through the panel at `url`, as its page does. */
export async function visitInstance(
  { client, url }: { client: ClawClient; url: string },
  id: InstanceId,
): Promise<Visit> {
  const opened = await client.instances.open.mutate({ id });
  const label = new URL(opened.url).pathname.split("/")[3];
  if (!label) throw new Error(`${id} does not open through the panel: ${opened.url}`);
  const { action, ticket } = await client.instances.enter.mutate({ id, label });
  const { host, hostname, origin, protocol, pathname } = new URL(action);
  const port = Number(new URL(url).port);
  const tls =
    protocol === "https:" ? { ca: await authorityOf(url), servername: hostname } : undefined;
  const request = (tls ? https : http).request({
    ...{ host: "127.0.0.1", port, path: pathname, method: "POST", agent: false, ...tls },
    headers: { host, origin: url, "content-type": "application/x-www-form-urlencoded" },
  });
  request.end(new URLSearchParams({ ticket }).toString());
  const [entered] = (await once(request, "response")) as [IncomingMessage];
  const cookie = entered.headers["set-cookie"]?.[0]?.split(";")[0];
  if (!cookie)
    throw new Error(`signing on at ${id} gave ${entered.statusCode}: ${await text(entered)}`);
  entered.resume();
  return visit({ port, tls, headers: { host, origin, cookie } });
}

const authorityOf = async (panel: string) => (await fetch(`${panel}/ca.crt`)).text();
