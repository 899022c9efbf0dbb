import { once } from "node:events";
import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { InstanceSpec } from "@claw/core/instance";
import { createClawClient } from "../../src/client.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import type { OpenAccess } from "../../src/services/runtime/open-tickets.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "./test-app.ts";
import { Upstream } from "./upstream.ts";

export interface Answered {
  status: number;
  headers: http.IncomingHttpHeaders;
  rawHeaders: string[];
  body: string;
}

export interface Ask {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** An instance that runs behind the panel's ingress, with a stub in its place. */
export interface Instance {
  spec: InstanceSpec;
  upstream: Upstream;
  /** Its public origin, and that without the scheme. */
  origin: string;
  host: string;
}

/** A panel whose instances open through it. */
export class Opened implements AsyncDisposable {
  readonly app: TestApp;
  readonly #upstreams: Upstream[] = [];

  private constructor(app: TestApp) {
    this.app = app;
  }

  static async begin(options: TestAppOptions = {}): Promise<Opened> {
    const timing = { openclawVersion: "2026.9.6", ...options.timing };
    return new Opened(await createTestApp({ ...options, timing }));
  }

  get panel(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.app.server.server.address() as AddressInfo).port;
  }

  async instance(id: string, owner: string | null = null): Promise<Instance> {
    const upstream = await Upstream.open();
    this.#upstreams.push(upstream);
    const { context } = this.app;
    await createInstance(context, { id, name: id, start: true, port: upstream.port, owner });
    await this.app.until(id, "running");
    const spec = context.runtime.live.board.specOf(id) as InstanceSpec;
    const { host, origin } = new URL(context.runtime.addresses.urlOf(spec));
    return { spec, upstream, host, origin };
  }

  /** Signs on as the browser does; the session cookie. */
  async signOn(at: Instance, as: { token?: string; access?: OpenAccess } = {}): Promise<string> {
    const { ticket } = await this.ticket(at, as);
    const answered = await this.enter(at, ticket);
    if (answered.status !== 200) throw new Error(`entering gave ${answered.status}`);
    return String(answered.headers["set-cookie"]).split(";")[0] ?? "";
  }

  ticket({ spec }: Instance, as: { token?: string; access?: OpenAccess } = {}) {
    const client = createClawClient({ url: this.panel, token: as.token ?? this.app.token });
    const { id, label } = spec;
    return client.instances.enter.mutate({ id, label, ...(as.access && { access: as.access }) });
  }

  enter(at: Instance, ticket: string, headers: OutgoingHttpHeaders = {}): Promise<Answered> {
    return this.ask(at.host, "/.claw/enter", {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: this.panel,
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
        ...headers,
      },
      body: new URLSearchParams({ ticket }).toString(),
    });
  }

  /** A request to the panel's port under any Host. */
  ask(host: string, path: string, options?: Ask): Promise<Answered> {
    return ask(this.port, path, { ...options, headers: { host, ...options?.headers } });
  }

  /** Asks for a WebSocket; the socket and the first answer on it. */
  upgrade(
    host: string,
    headers: Record<string, string>,
    options?: { allowHalfOpen: boolean },
  ): Promise<[Socket, string]> {
    return upgrade(this.port, { Host: host, ...headers }, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app[Symbol.asyncDispose]();
    for (const upstream of this.#upstreams) await upstream[Symbol.asyncDispose]();
  }
}

export async function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Ask = {},
): Promise<Answered> {
  const request = http.request({ host: "127.0.0.1", port, agent: false, method, path, headers });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: await text(response),
  };
}

export async function upgrade(
  port: number,
  headers: Record<string, string>,
  options: { allowHalfOpen: boolean } = { allowHalfOpen: false },
): Promise<[Socket, string]> {
  const socket = connect({ port, host: "127.0.0.1", ...options });
  socket.on("error", () => socket.destroy());
  const all = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET /ws HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const [first] = (await once(socket, "data")) as [Buffer];
  return [socket, first.toString()];
}
