import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { freePort } from "./free-port.ts";
import { type Instance, Opened } from "./opened.ts";
import { INSTANCE_DOMAIN, PANEL_NAME, type ProxyKind, ReverseProxy } from "./reverse-proxy.ts";

/** The browser's machine; the proxy connects from 127.0.0.1. */
export const BROWSER = "127.0.0.2";

/** Headers of a WebSocket handshake. */
export const HANDSHAKE = {
  ...{ connection: "Upgrade", upgrade: "websocket" },
  ...{ "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" },
};

interface Sent {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** A panel with an instance behind a real reverse proxy, and a browser on another machine. */
export class BehindProxy implements AsyncDisposable {
  readonly opened: Opened;
  readonly proxy: ReverseProxy;
  readonly anna: Instance;

  private constructor(parts: Pick<BehindProxy, "opened" | "proxy" | "anna">) {
    this.opened = parts.opened;
    this.proxy = parts.proxy;
    this.anna = parts.anna;
  }

  static async begin(
    kind: ProxyKind,
    options: { onDisk?: boolean; spoil?: (sample: string) => string } = {},
  ): Promise<BehindProxy> {
    const { onDisk = false, ...how } = options;
    const publicPort = await freePort();
    const opened = await Opened.begin({
      onDisk,
      config: {
        publicNames: [PANEL_NAME],
        instanceSite: { domain: INSTANCE_DOMAIN, scheme: "https" },
        trustsProxy: (address) => address === "127.0.0.1",
        publicPort,
      },
    });
    const anna = await opened.instance("anna");
    const place = { port: publicPort, panelPort: opened.port };
    return new BehindProxy({
      opened,
      anna,
      proxy: await ReverseProxy.start(kind, { ...place, ...how }),
    });
  }

  /** The panel's origin as browsers see it. */
  get panel(): string {
    return this.opened.app.context.runtime.addresses.panel();
  }

  get panelHost(): string {
    return new URL(this.panel).host;
  }

  /** Begins a request; its body follows. */
  send(host: string, at: string, { method = "GET", headers = {} }: Omit<Sent, "body"> = {}) {
    const [servername = ""] = host.split(":");
    const { port, ca } = this.proxy;
    return https.request({
      ...{ host: "127.0.0.1", port, localAddress: BROWSER, servername, ca },
      ...{ agent: false, path: at, method, headers: { host, ...headers } },
    });
  }

  async ask(host: string, at: string, { body, ...sent }: Sent = {}) {
    const request = this.send(host, at, sent);
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await text(response),
    };
  }

  /** Calls a procedure as the panel's page does. */
  call(procedure: string, input: object, headers: OutgoingHttpHeaders = {}) {
    return this.ask(this.panelHost, `/trpc/${procedure}`, {
      method: "POST",
      headers: {
        ...{ origin: this.panel, authorization: `Bearer ${this.opened.app.token}` },
        ...{ "content-type": "application/json", ...headers },
      },
      body: JSON.stringify(input),
    });
  }

  /** Presses Open as the panel's page does; the session cookie. */
  async signOn(): Promise<string> {
    const { id, label } = this.anna.spec;
    const { body } = await this.call("instances.enter", { id, label });
    const { action, ticket } = JSON.parse(body).result.data;
    const { host, pathname } = new URL(action);
    const entered = await this.ask(host, pathname, {
      method: "POST",
      headers: {
        ...{ origin: this.panel, "content-type": "application/x-www-form-urlencoded" },
        ...{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      },
      body: new URLSearchParams({ ticket }).toString(),
    });
    if (entered.status !== 200) throw new Error(`entering gave ${entered.status}: ${entered.body}`);
    return String(entered.headers["set-cookie"]).split(";")[0] ?? "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy[Symbol.asyncDispose]();
    await this.opened[Symbol.asyncDispose]();
  }
}
