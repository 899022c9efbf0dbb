/**
 * The panel on a memory engine whose times a test chooses, and to which it does what happens to
 * Docker from outside: `node main.js '{"heartbeatMs":50}'` in its bundle, then one message for each request.
 */
import { createApp } from "../../packages/api/src/app.ts";
import { readConfig, readSecrets } from "../../packages/api/src/config.ts";
import {
  MemoryEngine,
  type MemoryEngineOptions,
} from "../../packages/api/src/engine/memory/memory-engine.ts";
import { listen } from "../../packages/api/src/server/front/listen.ts";
import { createServer } from "../../packages/api/src/server/server.ts";

/** `images`: what is there from the start; without it, the panel's image is. */
export type Rig = Omit<MemoryEngineOptions, "home" | "ranges" | "registry">;

/** Its registry answers when the test says so, and then sends half of the image at first. */
class RiggedEngine extends MemoryEngine {
  #registry = Promise.withResolvers<void>();
  #answers = false;
  #starts: PromiseWithResolvers<void> | null = null;
  #stirring: ReturnType<typeof setInterval> | undefined;
  #flood: ReturnType<typeof setInterval> | undefined;

  constructor(options: MemoryEngineOptions) {
    super(options);
    const { pull } = this.images;
    this.images.pull = async (ref, pullOptions) => {
      if (!this.#answers) return pull("nowhere", pullOptions);
      pullOptions.onProgress(0.5);
      await this.#registry.promise;
      return pull(ref, pullOptions);
    };
  }

  /** While they are held, whoever starts a container waits. */
  holdStarts(held: boolean): void {
    this.#starts?.resolve();
    this.#starts = held ? Promise.withResolvers<void>() : null;
  }

  override async start(id: string): Promise<void> {
    await this.#starts?.promise;
    return super.start(id);
  }

  setRegistry(state: "silent" | "sends half" | "sends all"): void {
    this.#answers = state !== "silent";
    if (state === "sends all") this.#registry.resolve();
  }

  /** Another program on the engine's machine listens on the port, or no longer does. */
  setPortBusy(port: number, busy: boolean): void {
    if (busy) this.machine.busyPorts.add(port);
    else this.machine.busyPorts.delete(port);
  }

  /** Writes so many lines a second from now on, and none when it is 0. */
  flood(id: string, linesPerSecond: number): void {
    clearInterval(this.#flood);
    if (linesPerSecond === 0) return;
    const begun = performance.now();
    let written = 0;
    this.#flood = setInterval(() => {
      const due = Math.floor(((performance.now() - begun) * linesPerSecond) / 1000);
      for (; written < due; written += 1)
        this.write(id, "stdout", `INFO [gateway] request ${written} answered in 12 ms`);
    }, 10);
  }

  /** Stops all of these one after the other, starts them again, and so on; ends when `perSecond` is 0. */
  stir(ids: readonly string[], perSecond: number): void {
    clearInterval(this.#stirring);
    if (perSecond === 0) return;
    let count = 0;
    this.#stirring = setInterval(() => {
      const id = ids[count % ids.length] ?? "";
      const stops = Math.floor(count / ids.length) % 2 === 0;
      count += 1;
      (stops ? this.stop(id) : this.start(id)).catch((error: unknown) =>
        process.emitWarning(String(error)),
      );
    }, 1000 / perSecond);
  }
}

/** Commands to the engine from outside. */
export type Outside = Pick<
  RiggedEngine,
  | "setReachable"
  | "setRegistry"
  | "holdStarts"
  | "setPortBusy"
  | "addForeign"
  | "removeForeign"
  | "killOutside"
  | "removeOutside"
  | "write"
  | "flood"
  | "stir"
>;

export type AuditDraft = {
  [Name in keyof Outside]: { name: Name; input: Parameters<Outside[Name]> };
}[keyof Outside];

async function main(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  process.once("SIGTERM", () => ended.resolve());
  process.once("disconnect", () => ended.resolve());

  const config = readConfig();
  const rig = JSON.parse(process.argv[2] ?? "{}") as Rig;
  const engine = new RiggedEngine({
    home: config.hostHome,
    ranges: config,
    images: [config.image],
    registry: [config.image],
    ...rig,
  });
  await using app = await createApp(config, { engine, adminPassword: readSecrets().adminPassword });
  await using server = await createServer(app.context);
  process.on("message", ({ name, input }: AuditDraft) => {
    (engine[name] as (...args: unknown[]) => void)(...input);
    process.send?.("done");
  });
  await listen(server, app.context);
  process.stdout.write(`ClawMultiDeploy: ${app.context.runtime.addresses.panel()}\n`);
  await ended.promise;
  if (process.connected) process.disconnect();
}

await main();
