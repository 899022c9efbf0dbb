import { once } from "node:events";
import type { Socket } from "node:net";

/** Bytes buffered in a connection before its viewer counts as slow. */
const HIGH_WATER = 1024 * 1024;

/**
 * Resolves when `socket` has drained. tRPC's WebSocket adapter has no back-pressure of its own:
 * without this, a viewer that stops reading would fill the memory.
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
      // Otherwise each wait would leak a listener on the connection.
      for (const end of ends) end.catch(() => undefined);
      over.abort();
    }
  };
}
