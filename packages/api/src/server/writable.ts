import { once } from "node:events";
import type { Socket } from "node:net";

/** Bytes that may wait in a connection before its viewer counts as slow. */
const HIGH_WATER = 1024 * 1024;

/**
 * Resolves when `socket` has taken in what was sent. tRPC's WebSocket adapter has no
 * back-pressure of its own: without this a viewer that stops reading fills the memory.
 */
export function writableOf(socket: Socket): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    if (socket.writableLength < HIGH_WATER || socket.destroyed || signal.aborted) return;
    const over = new AbortController();
    const either = { signal: AbortSignal.any([signal, over.signal]) };
    const ends = [once(socket, "close", either), once(socket, "drain", either)];
    try {
      await Promise.race(ends);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      // Else each wait would leave a listener on the connection.
      for (const end of ends) end.catch(() => undefined);
      over.abort();
    }
  };
}
