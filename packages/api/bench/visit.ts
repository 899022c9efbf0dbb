import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { InstanceId } from "@claw/core/instance";
import type { ClawClient } from "../src/client.ts";
import { ask, upgrade } from "../tests/support/opened.ts";

/** A server on loopback as a browser asks it: with these headers, over connections kept open. */
export interface Visit extends Disposable {
  port: number;
  get(path: string): Promise<{ status: number; firstByteMs: number; ms: number }>;
  webSocket(): Promise<Socket>;
}

export function visit(port: number, headers: Record<string, string> = {}): Visit {
  const agent = new http.Agent({ keepAlive: true });
  return {
    port,
    async get(path) {
      const begun = performance.now();
      const request = http.get({ host: "127.0.0.1", port, path, agent, headers });
      const [response] = (await once(request, "response")) as [IncomingMessage];
      const firstByteMs = performance.now() - begun;
      for await (const _ of response);
      return { status: response.statusCode ?? 0, firstByteMs, ms: performance.now() - begun };
    },
    async webSocket() {
      const [socket, answer] = await upgrade(port, headers);
      if (!answer.includes(" 101 ")) throw new Error(`a WebSocket was refused: ${answer}`);
      return socket.setNoDelay(true);
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** Signs on at an instance through the panel, as its page does. */
export async function visitInstance(
  { client, url }: { client: ClawClient; url: string },
  id: InstanceId,
): Promise<Visit> {
  const opened = await client.instances.open.mutate({ id });
  const label = new URL(opened.url).pathname.split("/")[3];
  if (!label) throw new Error(`${id} does not open through the panel: ${opened.url}`);
  const { action, ticket } = await client.instances.enter.mutate({ id, label });
  const { host, origin, pathname, port } = new URL(action);
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const entered = await ask(Number(port), pathname, {
    method: "POST",
    headers: { host, origin: url, ...type },
    body: new URLSearchParams({ ticket }).toString(),
  });
  const cookie = entered.headers["set-cookie"]?.[0]?.split(";")[0];
  if (!cookie) throw new Error(`signing on at ${id} was answered with ${entered.status}`);
  return visit(Number(port), { host, origin, cookie });
}
