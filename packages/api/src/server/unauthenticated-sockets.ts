import type { IncomingMessage } from "node:http";
import type { AppContext } from "../context.ts";
import { identify } from "../services/access/identify.ts";
import type { Connections } from "./connections.ts";

/** More than a message needs that says who somebody is. */
const ANONYMOUS_BYTES = 64 * 1024;
/** What waits for an anonymous caller who does not read the answers. */
const UNREAD_BYTES = 1024 * 1024;
/** So long may a WebSocket be open without anybody having signed in by it. */
export const SIGN_IN_WITHIN_MS = 30_000;
/** So long one that is sent away has to say goodbye. */
export const GOODBYE_MS = 2_000;

type Connection = IncomingMessage["socket"];

/** What is used of a WebSocket; `ws` has it. */
export interface Socket {
  on(event: "message", listener: () => void): unknown;
  off(event: "message", listener: () => void): unknown;
  once(event: "close", listener: () => void): unknown;
  close(code: number, reason: string): void;
  terminate(): void;
  pause(): void;
  resume(): void;
}

/** WebSockets of which it is not known yet whose they are. */
export interface UnauthenticatedSockets {
  /** Holds a new WebSocket to what anonymous callers may do. */
  meet(socket: Socket, request: Pick<IncomingMessage, "socket">): void;
  /** Frees one whose session or token is good. */
  introduce(socket: Socket, bearer: string | null): Promise<void>;
}

/**
 * Anonymous callers can neither fill the memory nor stay: a message that is longer than they need cuts
 * them off before it is whole, and who has not signed in after half a minute is sent away.
 */
export function createUnauthenticatedSockets(
  app: AppContext,
  connections: Pick<Connections, "introduce">,
): UnauthenticatedSockets {
  const unauthenticated = new WeakMap<Socket, { known: AbortController; connection: Connection }>();

  /** Who does not answer the close would stay another half a minute. */
  async function sendAway(socket: Socket, known: AbortSignal): Promise<void> {
    socket.close(1008, "Nobody has signed in.");
    await app.host.sleep(GOODBYE_MS, known);
    socket.terminate();
  }

  return {
    meet(socket, { socket: connection }) {
      const known = new AbortController();
      unauthenticated.set(socket, { known, connection });
      let bytes = 0;
      const count = (chunk: Buffer) => {
        bytes += chunk.length;
        const isTooMuch = bytes > ANONYMOUS_BYTES || connection.writableLength > UNREAD_BYTES;
        if (isTooMuch) socket.terminate();
      };
      const whole = () => {
        bytes = 0;
      };
      // Before the WebSocket itself reads them; a message that they end begins the count anew.
      connection.prependListener("data", count);
      socket.on("message", whole);
      known.signal.addEventListener("abort", () => {
        connection.off("data", count);
        socket.off("message", whole);
      });
      socket.once("close", () => known.abort());
      void app.host.sleep(SIGN_IN_WITHIN_MS, known.signal).then(() => {
        if (!known.signal.aborted) return sendAway(socket, known.signal);
      });
    },

    async introduce(socket, bearer) {
      // What comes behind the token may be long, and is not to be counted before it is known.
      socket.pause();
      try {
        const identity = await identify(app, bearer);
        const anonymous = unauthenticated.get(socket);
        if (!identity || !anonymous) return;
        anonymous.known.abort();
        connections.introduce(anonymous.connection, identity.viewer.user.id);
      } finally {
        socket.resume();
      }
    },
  };
}
