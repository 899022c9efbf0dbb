import { connect, type Socket } from "node:net";
import type { Endpoint } from "../../engine/engine.ts";

/** As much as Node reads at a time. */
const BUFFER_BYTES = 64 * 1024;
/** How many buffers may wait for a browser that takes them slowly. */
const MOST_LENT = 4;

/** Takes what was read; it stays unchanged until `done` is called. */
export type Sink = (bytes: Uint8Array, done: () => void) => void;

/**
 * A connection for one request to a container. Node makes a buffer for each read and its parser
 * copies that: for megabytes, both together cost more than their encryption, and the collection
 * halts the whole panel. So this reads into buffers that it uses again, and can divert a body past
 * the parser.
 */
export interface UpstreamSocket {
  /** Called once, by Node's HTTP client. */
  connect(): Socket;
  /** From the next read on, `sink` takes the bytes instead of the client. */
  divert(sink: Sink): void;
}

export function createUpstreamSocket(endpoint: Endpoint): UpstreamSocket {
  const free: Uint8Array[] = [];
  let diverted: Sink | null = null;
  let lent = 0;

  function lend(socket: Socket, sink: Sink, bytes: Uint8Array, buffer: Uint8Array): boolean {
    lent += 1;
    sink(bytes, () => {
      free.push(buffer);
      if (lent === MOST_LENT) socket.resume();
      lent -= 1;
    });
    return lent < MOST_LENT;
  }

  return {
    connect() {
      const socket: Socket = connect({
        ...endpoint,
        onread: {
          buffer: () => free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES),
          callback(length, buffer) {
            const bytes = buffer.subarray(0, length);
            if (diverted) return lend(socket, diverted, bytes, buffer);
            free.push(buffer);
            return socket.push(Buffer.from(bytes));
          },
        },
      });
      return socket;
    },

    divert(sink) {
      diverted = sink;
    },
  };
}
