import { connect, createServer, type Server, type Socket } from "node:net";

/** A socket that forwards to Docker's until it is cut. */
export class CuttableProxy {
  readonly path: string;
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();
  readonly #onSent: (chunk: Buffer) => void;
  #frozen = false;

  /** `onSent` receives everything that clients send. */
  constructor(path: string, onSent: (chunk: Buffer) => void = () => {}) {
    this.path = path;
    this.#onSent = onSent;
  }

  /** Number of connected clients. */
  get size(): number {
    return this.#sockets.size / 2;
  }

  /** Lets nothing through any more, in either direction. */
  freeze(): void {
    this.#frozen = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  open(): Promise<void> {
    this.#frozen = false;
    this.#server = createServer((client) => {
      const upstream = connectToDocker();
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.#sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.on("data", this.#onSent);
      if (!this.#frozen) client.pipe(upstream).pipe(client);
    });
    return new Promise((resolve, reject) => {
      this.#server?.once("error", reject).listen(this.path, resolve);
    });
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => {
      if (this.#server) this.#server.close(() => resolve());
      else resolve();
      this.#server = null;
    });
  }
}

function connectToDocker(): Socket {
  const address = process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
  if (address.startsWith("unix://")) return connect(address.slice("unix://".length));
  const url = new URL(address);
  return connect(Number(url.port), url.hostname);
}
