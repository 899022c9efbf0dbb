import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from "node:http";

/** A request as it came in, with all of its headers. */
export interface SeenRequest {
  /** GET, POST or, for a WebSocket, UPGRADE. */
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

/**
 * What an instance could serve. It asks its own server in each way in which a browser could send
 * along what it should not, and says in its title when it has.
 */
export const CURIOUS_PAGE = `<!doctype html><title>An instance</title><h1>An instance</h1><script>
fetch("/fetched", { credentials: "include" }).then(() => {
  const socket = new WebSocket("ws://" + location.host + "/socket");
  socket.onclose = () => (document.title = "asked everything");
});
</script>`;

/**
 * Stands at an instance's port in the place of its container, and keeps what it is sent. On all of
 * loopback, as `localhost` is either address.
 */
export class InstanceServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly #servers: readonly Server[];

  private constructor() {
    this.#servers = [this.#server(), this.#server()];
  }

  static async open(port: number): Promise<InstanceServer> {
    const instance = new InstanceServer();
    for (const [index, host] of ["127.0.0.1", "::1"].entries()) {
      const server = instance.#servers[index]?.listen(port, host);
      if (server) await once(server, "listening");
    }
    return instance;
  }

  #server(): Server {
    const server = createServer((request, response) => {
      this.#keep(request.method ?? "", request);
      response.setHeader("content-type", "text/html");
      response.end(CURIOUS_PAGE);
    });
    server.on("upgrade", (request, socket) => {
      this.#keep("UPGRADE", request);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    return server;
  }

  #keep(method: string, { url = "", headers }: IncomingMessage): void {
    this.requests.push({ method, url, headers });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  }
}
