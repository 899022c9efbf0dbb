import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** A request as the container received it. */
export interface SeenByContainer {
  /** GET, POST or, for a WebSocket, UPGRADE. */
  method: string;
  url: string;
  rawHeaders: string[];
  body: string;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** Switches to a protocol that sends back what comes. */
function echo(socket: Duplex): void {
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Accept: x",
    "Set-Cookie: planted=1",
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.pipe(socket);
}

/** Stands where an instance's port is published, keeps what it is sent, and echoes WebSockets. */
export class Upstream implements AsyncDisposable {
  readonly seen: SeenByContainer[] = [];
  readonly sockets: Duplex[] = [];
  /** How it answers; by default with 200 and `hello`. */
  answer: Behaviour = (_request, response) => void response.end("hello");
  /** How it answers a WebSocket's handshake. */
  shake: (socket: Duplex) => void = echo;
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const seen = this.#keep(request.method ?? "", request);
      request.on("data", (chunk) => {
        seen.body += chunk;
      });
      this.answer(request, response);
    });
    this.#server.on("upgrade", (request, socket) => {
      this.#keep("UPGRADE", request);
      this.sockets.push(socket);
      socket.on("error", () => socket.destroy());
      this.shake(socket);
    });
  }

  static async open(): Promise<Upstream> {
    const upstream = new Upstream();
    await once(upstream.#server.listen(0, "127.0.0.1"), "listening");
    return upstream;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #keep(method: string, { url = "", rawHeaders }: IncomingMessage): SeenByContainer {
    const seen = { method, url, rawHeaders: [...rawHeaders], body: "" };
    this.seen.push(seen);
    return seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
