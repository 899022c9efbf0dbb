import { setFlagsFromString } from "node:v8";
import { messageOf } from "@claw/core/errors";
import { bracketed } from "@claw/core/naming";
import { z } from "zod";

// V8's young generation grows with the machine's memory, to 128 MB where there are 24 GB, and
// does not shrink: loading the sources alone would cost 110 MB for good. So this comes first.
setFlagsFromString("--semi-space-growth-factor=1");
const { createApp } = await import("./app.ts");
const { readConfig, shownHost } = await import("./config.ts");
const { lockHome } = await import("./host/node/home-lock.ts");
const { createServer } = await import("./server/server.ts");

/** Runs the panel until it is asked to end. */
async function main(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());

  const config = readConfig();
  using _home = lockHome(config.home);
  await using app = await createApp(config);
  await using server = await createServer(app.context);
  await server.listen({ host: config.host, port: config.port });
  // The port that was taken, where CLAW_PORT is 0.
  const { port } = z.object({ port: z.number() }).parse(server.server.address());
  const url = `${config.tls ? "https" : "http"}://${bracketed(shownHost(config))}:${port}`;
  console.log(`ClawMultiDeploy: ${url}`);
  const { setupCode, people } = app.context.access;
  if (!people.isAnybody())
    console.log(`Set-up code: ${setupCode}\nSet it up at ${url}/setup#code=${setupCode}`);
  await ended.promise;
}

try {
  await main();
} catch (error) {
  console.error(`The panel could not start. ${messageOf(error)}`);
  process.exitCode = 1;
}
