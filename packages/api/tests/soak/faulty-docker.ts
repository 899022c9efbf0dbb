import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** `refuse`: answered with this error of the engine; `hang`: never answered; `lateMs`: passed on, after a while. */
export type Verdict = "pass" | "hang" | { refuse: string } | { lateMs: number };
export type Rule = (method: string, url: string) => Verdict;

/** A socket before Docker's that understands requests, so that it can fail some of them. */
export class FaultyDocker implements AsyncDisposable {
  readonly path = `/tmp/claw-soak-${randomUUID()}.sock`;
  readonly #rules = new Set<Rule>();
  readonly #clients = new Set<Socket>();
  readonly #events = new Set<ServerResponse>();
  readonly #server: Server;
  #away = false;

  private constructor() {
    this.#server = createServer((from, to) => this.#answer(from, to));
    this.#server.on("upgrade", (from, socket, head) => this.#upgrade(from, socket, head));
    this.#server.on("connection", (socket) => {
      if (this.#away) return void socket.destroy();
      this.#clients.add(socket);
      socket.on("close", () => this.#clients.delete(socket));
    });
  }

  static async open(): Promise<FaultyDocker> {
    const proxy = new FaultyDocker();
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject).listen(proxy.path, resolve);
    });
    return proxy;
  }

  get isAway(): boolean {
    return this.#away;
  }

  /** Adds a rule; the returned function takes it away again. */
  rule(rule: Rule): () => void {
    this.#rules.add(rule);
    return () => void this.#rules.delete(rule);
  }

  /** Docker is gone until it is told to come back. */
  goAway(): void {
    this.#away = true;
    for (const socket of this.#clients) socket.destroy();
  }

  comeBack(): void {
    this.#away = false;
  }

  /** Ends the streams of events, and nothing else. */
  cutEvents(): void {
    for (const response of this.#events) response.destroy();
  }

  #verdict({ method = "GET", url = "/" }: IncomingMessage): Verdict {
    for (const rule of this.#rules) {
      const verdict = rule(method, url);
      if (verdict !== "pass") return verdict;
    }
    return "pass";
  }

  #answer(from: IncomingMessage, to: ServerResponse): void {
    const verdict = this.#verdict(from);
    if (verdict === "hang") return;
    if (verdict === "pass") {
      this.#forward(from, to);
    } else if ("lateMs" in verdict) {
      setTimeout(() => this.#forward(from, to), verdict.lateMs);
    } else {
      to.writeHead(500, { "Content-Type": "application/json" });
      to.end(JSON.stringify({ message: verdict.refuse }));
    }
  }

  #forward(from: IncomingMessage, to: ServerResponse): void {
    if (to.destroyed) return; // given up while it was late
    if (from.url?.includes("/events")) {
      this.#events.add(to);
      to.on("close", () => this.#events.delete(to));
    }
    const upstream = request(toDocker(from), (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      // A stream has begun though nothing has come yet.
      to.flushHeaders();
      answer.on("error", () => to.destroy()).pipe(to);
    });
    upstream.on("error", () => to.destroy());
    to.on("close", () => upstream.destroy());
    from.pipe(upstream);
  }

  #upgrade(from: IncomingMessage, client: Duplex, head: Buffer): void {
    const verdict = this.#verdict(from);
    if (verdict === "hang") return;
    if (verdict === "pass") {
      this.#connect(from, client, head);
    } else if ("lateMs" in verdict) {
      setTimeout(() => this.#connect(from, client, head), verdict.lateMs);
    } else {
      const body = JSON.stringify({ message: verdict.refuse });
      const lines = ["HTTP/1.1 500 Internal Server Error", "Content-Type: application/json"];
      const length = `Content-Length: ${Buffer.byteLength(body)}`;
      client.end([...lines, length, "", body].join("\r\n"));
    }
  }

  #connect(from: IncomingMessage, client: Duplex, head: Buffer): void {
    if (client.destroyed) return;
    const upstream = request(toDocker(from));
    upstream.on("error", () => client.destroy());
    upstream.on("upgrade", (answer, socket, rest) => {
      const lines = answer.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
      );
      client.write([`HTTP/1.1 101 UPGRADED`, ...lines, "", ""].join("\r\n"));
      client.write(rest);
      socket.write(head);
      for (const [one, other] of [
        [client, socket],
        [socket, client],
      ] as const)
        one
          .on("error", () => other.destroy())
          .on("close", () => other.destroy())
          .pipe(other);
    });
    upstream.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.goAway();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.path, { force: true });
  }
}

function toDocker({ method, url, headers }: IncomingMessage): RequestOptions {
  const address = process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
  const what = { method, path: url, headers, agent: false };
  if (address.startsWith("unix://"))
    return { ...what, socketPath: address.slice("unix://".length) };
  const { hostname, port } = new URL(address);
  return { ...what, host: hostname, port };
}
