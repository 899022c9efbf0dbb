/** A viewer in a thread of its own that can stop reading from its socket, and accounts for every line. */
import { once } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { WebSocket } from "ws";
import { parseLine } from "./log-writer.ts";

/** Lines the viewer has seen since the last query. */
export interface Account {
  received: number;
  skipped: number;
  first: number;
  last: number;
  /** Gaps in the numbers that `skipped` does not explain. */
  faults: string[];
}

/** Where the panel is, and by what its viewer comes in. */
type Viewed = { url: string; token: string };

type Order = "stall" | "read" | "account";

export class StallingViewer implements AsyncDisposable {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Opens a viewer of the log of `id`; resolves when it has the first line. */
  static async open({ url, token }: Viewed, id: string): Promise<StallingViewer> {
    const worker = new Worker(new URL(import.meta.url), { workerData: { url, token, id } });
    await once(worker, "message");
    return new StallingViewer(worker);
  }

  /** Stops taking bytes from the socket. */
  stall(): Promise<Account> {
    return this.#ask("stall");
  }

  /** Takes bytes again. */
  read(): Promise<Account> {
    return this.#ask("read");
  }

  account(): Promise<Account> {
    return this.#ask("account");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(order: Order): Promise<Account> {
    const answer = once(this.#worker, "message");
    this.#worker.postMessage(order);
    const [account] = (await answer) as [Account];
    return account;
  }
}

interface Batch {
  lines: { text: string }[];
  skipped: number;
}

function view(panel: Viewed, id: string, port: NonNullable<typeof parentPort>): void {
  const account: Account = { received: 0, skipped: 0, first: 0, last: 0, faults: [] };
  const authorization = `Bearer ${panel.token}`;
  const socket = new WebSocket(`${panel.url.replace(/^http/, "ws")}/trpc`, {
    headers: { authorization },
  });
  const fail = (why: string) => account.faults.push(why);
  const take = ({ lines, skipped }: Batch) => {
    const numbers = lines.flatMap(({ text }) => parseLine(text)?.number ?? []);
    account.skipped += skipped;
    numbers.forEach((number, index) => {
      const expected = account.last + 1 + (index === 0 ? skipped : 0);
      if (account.first === 0) account.first = number;
      else if (number !== expected) fail(`line ${number} came in place of ${expected}`);
      account.last = number;
      account.received += 1;
    });
    if (account.received === numbers.length && numbers.length > 0) port.postMessage(account);
  };
  socket.on("open", () => {
    const params = { path: "instances.logs", input: { id, tail: 0 } };
    socket.send(JSON.stringify({ id: 1, jsonrpc: "2.0", method: "subscription", params }));
  });
  socket.on("message", (data: Buffer) => {
    const text = data.toString("utf8");
    if (text === "PING") return socket.send("PONG");
    const { result, error } = JSON.parse(text);
    if (error) fail(error.message);
    if (result?.type === "data") take(result.data.data);
  });
  socket.on("error", (error) => fail(error.message));
  socket.on("close", (code) => fail(`the connection was closed (${code})`));
  port.on("message", (order: Order) => {
    if (order === "stall") {
      // As the panel pings after 15 s of silence, a stall of 12 s after this is not cut off.
      socket.send("PONG");
      socket.pause();
    }
    if (order === "read") socket.resume();
    port.postMessage(account);
  });
}

if (parentPort && workerData?.id) {
  const { url, token, id } = workerData as Viewed & { id: string };
  view({ url, token }, id, parentPort);
}
