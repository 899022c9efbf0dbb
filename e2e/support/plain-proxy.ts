import { once } from "node:events";
import http, { type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A reverse proxy before the panel as many first set one up: it passes on neither the browser's
 * `Host` nor an upgrade to a WebSocket, as `proxy_pass` of nginx alone.
 */
export class PlainProxy implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(target: string, { keepsHost = false } = {}): Promise<PlainProxy> {
    const { host, hostname, port } = new URL(target);
    const server = http.createServer((request, response) => {
      const { connection: _, upgrade: __, ...rest } = request.headers;
      const headers = { ...rest, host: keepsHost ? rest.host : host };
      const passed = http.request(
        { hostname, port, method: request.method, path: request.url, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      passed.on("error", () => response.destroy());
      request.pipe(passed);
    });
    // Without this Node would end the connection instead of asking the panel without an upgrade.
    server.on("upgrade", (request, socket) => {
      http
        .get({ hostname, port, path: request.url, headers: { host } }, (answer) => {
          socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n\r\n`);
          answer.resume();
        })
        .on("error", () => socket.destroy());
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new PlainProxy(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
