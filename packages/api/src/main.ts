import { messageOf } from "@claw/core/errors";
import { bracketed } from "@claw/core/naming";
import { z } from "zod";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createServer } from "./server/server.ts";

/** Runs the panel until it is asked to end. */
async function main(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());

  const config = readConfig();
  await using app = await createApp(config);
  await using server = await createServer(app.context);
  await server.listen({ host: config.host, port: config.port });
  // The port that was taken, where CLAW_PORT is 0.
  const { port } = z.object({ port: z.number() }).parse(server.server.address());
  console.log(`ClawMultiDeploy: http://${bracketed(config.host)}:${port}`);
  await ended.promise;
}

try {
  await main();
} catch (error) {
  console.error(`The panel could not start. ${messageOf(error)}`);
  process.exitCode = 1;
}
