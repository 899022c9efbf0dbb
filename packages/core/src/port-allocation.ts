import { DomainError } from "./errors.ts";

export const LAST_PORT = 65535;

/** Lowest port at or above `base` that is not in `taken`. Throws PORTS_EXHAUSTED. */
export function allocatePort(base: number, taken: ReadonlySet<number>): number {
  for (let port = base; port <= LAST_PORT; port++) if (!taken.has(port)) return port;
  throw new DomainError(
    "PORTS_EXHAUSTED",
    `No free port is left between ${base} and ${LAST_PORT}. Delete instances that are no longer needed, or lower CLAW_BASE_PORT.`,
  );
}
