/**
 * The panel on a memory engine whose times a test chooses, and to which it does what happens to
 * Docker from outside: `node memory-panel.ts '{"heartbeatMs":50}'`, then one message for each deed.
 */
import { createApp } from "../../packages/api/src/app.ts";
import { readConfig } from "../../packages/api/src/config.ts";
import {
  MemoryEngine,
  type MemoryEngineOptions,
} from "../../packages/api/src/engine/memory/memory-engine.ts";
import { createServer } from "../../packages/api/src/server/server.ts";

export type EngineTiming = Omit<MemoryEngineOptions, "home">;

/** What can be done to the engine from outside. */
export type Outside = Pick<
  MemoryEngine,
  "setReachable" | "addForeign" | "removeForeign" | "killOutside" | "removeOutside" | "write"
>;

export type Deed = {
  [Name in keyof Outside]: { name: Name; input: Parameters<Outside[Name]> };
}[keyof Outside];

async function main(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  process.once("SIGTERM", () => ended.resolve());
  process.once("disconnect", () => ended.resolve());

  const config = readConfig();
  const timing = JSON.parse(process.argv[2] ?? "{}") as EngineTiming;
  const engine = new MemoryEngine({ home: config.hostHome, images: [config.image], ...timing });
  await using app = await createApp(config, { engine });
  await using server = await createServer(app.context);
  process.on("message", ({ name, input }: Deed) => {
    (engine[name] as (...args: unknown[]) => void)(...input);
    process.send?.("done");
  });
  process.stdout.write(
    `ClawMultiDeploy: ${await server.listen({ host: config.host, port: config.port })}\n`,
  );
  await ended.promise;
  process.disconnect();
}

if (import.meta.main) await main();
