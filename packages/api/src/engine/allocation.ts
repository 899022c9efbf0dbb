import { allocatePort } from "@claw/core/port-allocation";

/** Lowest port from `base` on that `taken` lacks and that `isFree` confirms, asked one by one. */
export async function lowestFreePort(
  base: number,
  taken: Iterable<number>,
  isFree: (port: number) => Promise<boolean>,
): Promise<number> {
  const refused = new Set(taken);
  for (;;) {
    const port = allocatePort(base, refused);
    if (await isFree(port)) return port;
    refused.add(port);
  }
}

/** Those of `ports` that are in use, each with its user. */
export async function usersOf(
  ports: Iterable<number>,
  containers: ReadonlyMap<number, string>,
  isFree: (port: number) => Promise<boolean>,
): Promise<ReadonlyMap<number, string>> {
  const users = new Map<number, string>();
  for (const port of ports) {
    const container = containers.get(port);
    if (container !== undefined) users.set(port, `the container ${container}`);
    else if (!(await isFree(port))) users.set(port, "another program");
  }
  return users;
}
