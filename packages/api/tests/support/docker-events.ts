import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Moments in a panel's work as Docker sees it: after an action, or after milliseconds. A time waits
 * for nothing: it is the point of a kill that Docker has no event for.
 */
export type Moment = number | `${"container" | "network"} ${string}`;

/** Reports Docker's actions from the moment it is opened. */
export class DockerEvents implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
  }

  static async open(name: string): Promise<DockerEvents> {
    const format = "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}";
    // The first event is in the past: when it arrives, the stream is open.
    const since = String(Math.floor(Date.now() / 1_000) - 1);
    const child = spawn("docker", ["events", "--since", since, "--format", format], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child, "spawn");
    const input = createInterface({ input: child.stdout });
    const lines = (async function* () {
      for await (const line of input) if (line.endsWith(` ${name}`)) yield line;
    })();
    return new DockerEvents(child, lines);
  }

  /** Resolves when the moment has come. */
  async until(moment: Moment): Promise<void> {
    if (typeof moment === "number") {
      await delay(moment);
      return;
    }
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`${moment} did not come`);
      if (value.startsWith(`${moment} `)) return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
  }
}
