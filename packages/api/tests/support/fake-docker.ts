import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { containerName, LABEL } from "@claw/core/naming";

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A Docker over HTTP, controlled by a test: it can hang, break off and have its own clock. */
export class FakeDocker implements AsyncDisposable {
  readonly home = "/fake/home";
  readonly address: string;
  /** Requests so far, as `GET /containers/json`. */
  readonly asked: string[] = [];
  readonly #server;
  readonly #answers: [RegExp, Answer][];

  private constructor(server: ReturnType<typeof createServer>, answers: [RegExp, Answer][]) {
    this.#server = server;
    this.#answers = answers;
    this.address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** The first answer whose pattern matches method and path applies; a ping is answered. */
  static async start(answers: [RegExp, Answer][]): Promise<FakeDocker> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const docker = new FakeDocker(server, [...answers, [/_ping$/, (_, it) => void it.end("OK")]]);
    server.on("request", docker.#take);
    return docker;
  }

  readonly #take = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://docker");
    const what = `${request.method} ${url.pathname}`;
    this.asked.push(what);
    const answer = this.#answers.find(([pattern]) => pattern.test(what))?.[1];
    if (answer) answer(request, response, url);
    else response.writeHead(404).end(JSON.stringify({ message: `no such thing: ${what}` }));
  };

  /** A container of this home in Docker's list. */
  listed(id: string) {
    return {
      Id: `id-of-${id}`,
      Names: [`/${containerName(id)}`],
      Image: "stub",
      Labels: this.labels(id),
    };
  }

  /** A healthy container in Docker's inspection. */
  inspected(id: string, startedAt = new Date().toISOString()) {
    return {
      Id: `id-of-${id}`,
      Name: `/${containerName(id)}`,
      RestartCount: 0,
      State: {
        Status: "running",
        Running: true,
        StartedAt: startedAt,
        Health: { Status: "healthy" },
      },
      Config: { Image: "stub", Labels: this.labels(id) },
      NetworkSettings: { Ports: {} },
    };
  }

  labels(id: string): Record<string, string> {
    return { [LABEL.home]: this.home, [LABEL.instance]: id, [LABEL.specHash]: "hash" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Never answers. */
export const hang: Answer = () => {};

export const json =
  (value: () => unknown): Answer =>
  (_, response) =>
    void response.end(JSON.stringify(value()));
