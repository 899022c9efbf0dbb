import type { Socket } from "node:net";
import { addressGroup } from "@claw/core/access/address-group";

/** Limits on concurrent connections. */
export interface Limits {
  all: number;
  /** Per address or per account. */
  each: number;
}

/** Keeps all anonymous callers far below the process limit, reserving the rest for known users. */
export const UNAUTHENTICATED: Limits = { all: 512, each: 128 };
const KNOWN: Limits = { all: 2048, each: 256 };

/** The panel's connections; each is anonymous until its sender authenticates. */
export interface Connections {
  /** Registers a new connection. */
  meet(socket: Socket): void;
  /** True once the owner of the connection is known. */
  isKnown(socket: Socket): boolean;
  /** Assigns the connection to `userId`. */
  introduce(socket: Socket, userId: string): void;
}

/**
 * Over a limit, closes the oldest connection of the owner with the most. A flood thus evicts its
 * own connections and locks nobody out: a new connection has time to authenticate.
 */
export function createConnections(options: {
  unauthenticated?: Limits;
  known?: Limits;
  onCrowd: (who: "unauthenticated" | "known") => void;
  /** A trusted proxy has the connections of all its users, whose addresses come later. */
  isProxy?: (address: string) => boolean;
}): Connections {
  const { isProxy = () => false } = options;
  const unauthenticated = createPool(options.unauthenticated ?? UNAUTHENTICATED, () =>
    options.onCrowd("unauthenticated"),
  );
  const known = createPool(options.known ?? KNOWN, () => options.onCrowd("known"));
  return {
    meet(socket) {
      const key = endpointOf(socket);
      const { remoteAddress = "" } = socket;
      unauthenticated.add(key, isProxy(remoteAddress) ? key : addressGroup(remoteAddress), socket);
      socket.once("close", () => {
        unauthenticated.delete(key);
        known.delete(key);
      });
    },

    isKnown: (socket) => known.has(endpointOf(socket)),

    introduce(socket, userId) {
      const key = endpointOf(socket);
      const met = unauthenticated.delete(key) ?? known.delete(key);
      if (met) known.add(key, userId, met);
    },
  };
}

/**
 * With TLS, a request's socket differs from the registered one; the remote endpoint is the same.
 */
export function endpointOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

interface Pool {
  add(key: string, owner: string, socket: Socket): void;
  has(key: string): boolean;
  /** Returns the removed socket. */
  delete(key: string): Socket | undefined;
}

function createPool(limits: Limits, onCrowd: () => void): Pool {
  const owners = new Map<string, string>();
  /** Per owner, oldest first. */
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
