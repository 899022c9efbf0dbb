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
 * A page that a hostile instance could serve. It sends every kind of request to which a browser
 * might attach credentials, and sets its title when done.
 */
export const CURIOUS_PAGE = `<!doctype html><title>An instance</title><h1>An instance</h1><script>
fetch("/fetched", { credentials: "include" }).then(() => {
  const socket = new WebSocket("ws://" + location.host + "/socket");
  socket.onclose = () => (document.title = "asked everything");
});
</script>`;

/** Stands at an instance's port in the place of its container, and keeps what it is sent. */
export class InstanceServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = this.#answering();
  }

  static async open(port: number, address = "127.0.0.1"): Promise<InstanceServer> {
    const instance = new InstanceServer();
    await once(instance.#server.listen(port, address), "listening");
    return instance;
  }

  #answering(): Server {
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
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
