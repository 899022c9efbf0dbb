import type { IncomingMessage } from "node:http";
import type { AppContext } from "../context.ts";
import { identify } from "../services/access/identify.ts";
import type { Connections } from "./connections.ts";

/** Generous for an authentication message. */
const ANONYMOUS_BYTES = 64 * 1024;
/** Limit of unread responses to an anonymous caller. */
const UNREAD_BYTES = 1024 * 1024;
/** How long a WebSocket may stay open without signing in. */
export const SIGN_IN_WITHIN_MS = 30_000;
/** How long a rejected WebSocket has to complete the close handshake. */
export const GOODBYE_MS = 2_000;

type Connection = IncomingMessage["socket"];

/** The part of `ws`'s WebSocket used here. */
export interface Socket {
  on(event: "message", listener: () => void): unknown;
  off(event: "message", listener: () => void): unknown;
  once(event: "close", listener: () => void): unknown;
  close(code: number, reason: string): void;
  terminate(): void;
  pause(): void;
  resume(): void;
}

/** WebSockets whose user is still unknown. */
export interface UnauthenticatedSockets {
  /** Applies the anonymous limits to a new WebSocket. */
  meet(socket: Socket, request: Pick<IncomingMessage, "socket">): void;
  /** Lifts the limits if the session or token is valid. */
  introduce(socket: Socket, bearer: string | null): Promise<void>;
}

/**
 * Anonymous callers can neither fill the memory nor linger: an oversized message disconnects them
 * before it is complete, and so does not signing in within half a minute.
 */
export function createUnauthenticatedSockets(
  app: AppContext,
  connections: Pick<Connections, "introduce">,
): UnauthenticatedSockets {
  const unauthenticated = new WeakMap<Socket, { known: AbortController; connection: Connection }>();

  /** A client that ignores the close frame would otherwise linger for another half minute. */
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
      // Runs before the WebSocket reads the bytes; a complete message resets the count.
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
      // Data after the token may be long; pause so that it is not counted before the token is
      // checked.
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
