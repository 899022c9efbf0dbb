import { setFlagsFromString } from "node:v8";

// V8's young generation grows with the machine's memory, to 128 MB at 24 GB, and never shrinks:
// loading the sources alone would cost 110 MB permanently. So this comes first.
setFlagsFromString("--semi-space-growth-factor=1");
const { createApp } = await import("./app.ts");
const { readConfig, readSecrets } = await import("./config.ts");
const { exitAfter, whenAskedToEnd } = await import("./end.ts");
const { lockHome } = await import("./host/node/home-lock.ts");
const { requireUsableHome } = await import("./host/node/require-usable-home.ts");
const { createLog } = await import("./log.ts");
const { standardOutput } = await import("./log-output.ts");
const { listen } = await import("./server/front/listen.ts");
const { createServer } = await import("./server/server.ts");

/** Runs the panel until it is asked to end. */
async function main(): Promise<void> {
  const output = standardOutput();
  const ended = whenAskedToEnd(output);
  const config = readConfig();
  const { adminPassword, tls } = readSecrets();
  requireUsableHome(config.home);
  using _home = lockHome(config.home);
  const log = createLog(config.logLevel, output);
  await using app = await createApp(config, { adminPassword, tls, log });
  await using server = await createServer(app.context);
  await listen(server, app.context);
  const url = app.context.runtime.addresses.panel();
  output.write(`ClawMultiDeploy: ${url}\n`);
  const { setupCode, people } = app.context.access;
  if (!people.isAnybody())
    output.write(`Set-up code: ${setupCode}\nSet it up at ${url}/setup#code=${setupCode}\n`);
  await ended;
}

await exitAfter(main);
