import type { Socket } from "node:net";
import { addressGroup } from "@claw/core/access/address-group";

/** How many connections there may be at once. */
export interface Limits {
  all: number;
  /** Of one address, or of one account. */
  each: number;
}

/** Anonymous callers together take far fewer than a process may have: the rest is for those who are known. */
export const UNAUTHENTICATED: Limits = { all: 512, each: 128 };
const KNOWN: Limits = { all: 2048, each: 256 };

/** The panel's connections, each an anonymous caller's until somebody has shown who they are by it. */
export interface Connections {
  /** Takes a new one in. */
  meet(socket: Socket): void;
  /** True when it is known whose it is. */
  isKnown(socket: Socket): boolean;
  /** From now on it is `userId`'s. */
  introduce(socket: Socket, userId: string): void;
}

/**
 * Where there are too many the oldest one ends, of whoever has the most. So a flood takes its own
 * connections away and nobody is kept out by it: a new one has time to show whose it is.
 */
export function createConnections(options: {
  unauthenticated?: Limits;
  known?: Limits;
  onCrowd: (who: "unauthenticated" | "known") => void;
}): Connections {
  const unauthenticated = createPool(options.unauthenticated ?? UNAUTHENTICATED, () =>
    options.onCrowd("unauthenticated"),
  );
  const known = createPool(options.known ?? KNOWN, () => options.onCrowd("known"));
  return {
    meet(socket) {
      const key = keyOf(socket);
      unauthenticated.add(key, addressGroup(socket.remoteAddress ?? ""), socket);
      socket.once("close", () => {
        unauthenticated.delete(key);
        known.delete(key);
      });
    },

    isKnown: (socket) => known.has(keyOf(socket)),

    introduce(socket, userId) {
      const key = keyOf(socket);
      const met = unauthenticated.delete(key) ?? known.delete(key);
      if (met) known.add(key, userId, met);
    },
  };
}

/** With TLS a request has another socket than the one that was met; its other end is the same. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

interface Pool {
  add(key: string, owner: string, socket: Socket): void;
  has(key: string): boolean;
  /** The socket that was there. */
  delete(key: string): Socket | undefined;
}

function createPool(limits: Limits, onCrowd: () => void): Pool {
  const owners = new Map<string, string>();
  /** Of each owner, oldest first. */
  const held = new Map<string, Map<string, Socket>>();

  function remove(key: string): Socket | undefined {
    const owner = owners.get(key);
    const theirs = owner === undefined ? undefined : held.get(owner);
    const socket = theirs?.get(key);
    owners.delete(key);
    theirs?.delete(key);
    if (owner !== undefined && theirs?.size === 0) held.delete(owner);
    return socket;
  }

  function endOldest(theirs: ReadonlyMap<string, Socket>): void {
    const [oldest] = theirs.keys();
    if (oldest === undefined) return;
    remove(oldest)?.destroy();
    onCrowd();
  }

  return {
    add(key, owner, socket) {
      const theirs = held.get(owner) ?? new Map<string, Socket>();
      held.set(owner, theirs.set(key, socket));
      owners.set(key, owner);
      if (theirs.size > limits.each) endOldest(theirs);
      else if (owners.size > limits.all)
        endOldest([...held.values()].reduce((most, each) => (each.size > most.size ? each : most)));
    },
    has: (key) => owners.has(key),
    delete: remove,
  };
}
