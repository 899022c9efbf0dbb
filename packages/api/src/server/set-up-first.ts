import type { AppContext } from "../context.ts";
import { isLoopback } from "../network-config.ts";

/** Throws if a panel that is not set up would be reachable from other machines. */
export function requireSetUpBeyondLoopback({ runtime, access }: AppContext): void {
  const { host } = runtime.network.now();
  if (isLoopback(host) || access.people.isAnybody()) return;
  throw new Error(
    `CLAW_HOST is ${host}, which other machines reach, and the panel is not set up yet. Start it once without CLAW_HOST and set it up, or set CLAW_ADMIN_PASSWORD.`,
  );
}
