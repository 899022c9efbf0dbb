import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";

/**
 * A proxy that asks for a cookie and passes everything on, as one is quickly written. Attacks run
 * on it too: an attack that it stops proves nothing.
 */
export class NaiveProxy implements AsyncDisposable {
  readonly #server: http.Server;

  private constructor(to: number) {
    this.#server = http.createServer((request, response) => {
      if (!isKnown(request)) return void response.writeHead(401).end();
      const { method, url, headers } = request;
      const options = { host: "127.0.0.1", port: to, method, path: url, headers, agent: false };
      const upstream = http.request(options, (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.rawHeaders);
        answered.pipe(response);
      });
      upstream.on("error", () => response.destroy());
      request.pipe(upstream);
    });
    this.#server.on("upgrade", (request, socket) => {
      if (!isKnown(request)) return void socket.destroy();
      const upstream = connect(to, "127.0.0.1");
      for (const each of [socket, upstream]) each.on("error", () => each.destroy());
      socket.once("close", () => upstream.destroy());
      const raw = request.rawHeaders;
      const lines = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []));
      upstream.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
  }

  static async open(to: number): Promise<NaiveProxy> {
    const proxy = new NaiveProxy(to);
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

export const NAIVE_COOKIE = "session=known";

function isKnown({ headers }: IncomingMessage): boolean {
  return headers.cookie?.includes(NAIVE_COOKIE) ?? false;
}
