import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
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

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const curious: Answer = (_request, response) =>
  void response.setHeader("content-type", "text/html").end(CURIOUS_PAGE);

/** Stands at an instance's port in the place of its container, and keeps what it is sent. */
export class InstanceServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly #server: Server;

  private constructor(answer: Answer) {
    this.#server = this.#answering(answer);
  }

  static async open(
    port: number,
    address = "127.0.0.1",
    answer = curious,
  ): Promise<InstanceServer> {
    const instance = new InstanceServer(answer);
    await once(instance.#server.listen(port, address), "listening");
    return instance;
  }

  #answering(answer: Answer): Server {
    const server = createServer((request, response) => {
      this.#keep(request.method ?? "", request);
      answer(request, response);
    });
    server.on("upgrade", (request, socket) => {
      this.#keep("UPGRADE", request);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    return server;
  }

  /** Whether such a request, as `GET /place`, has come. */
  saw(request: string): boolean {
    return this.requests.some(({ method, url }) => `${method} ${url}` === request);
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
