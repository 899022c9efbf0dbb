import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to whoever connects or listens on port 0, so that nobody gets it by chance. */
const FIRST = 10_000;
const OF_A_WORKER = 1_000;

const first = FIRST + ((Number(process.env.VITEST_POOL_ID ?? 1) - 1) % 10) * OF_A_WORKER;
let next = Math.floor(Math.random() * OF_A_WORKER);

/** A TCP port of the loopback address on which nobody listens; another one each time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < OF_A_WORKER; tries++) {
    const port = first + (next++ % OF_A_WORKER);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} to ${first + OF_A_WORKER - 1} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
