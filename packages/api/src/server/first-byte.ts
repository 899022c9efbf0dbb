import type { Socket } from "node:net";

/** The first byte of TLS; no HTTP request begins with it. */
export const TLS_HANDSHAKE = 22;

/**
 * Calls `then` with the first byte of a connection, which stays to be read. Ends the connection if
 * none comes within `withinMs`.
 */
export function onFirstByte(socket: Socket, withinMs: number, then: (byte: number) => void): void {
  const end = () => void socket.destroy();
  socket.setTimeout(withinMs, end);
  // A client that resets the connection is no error of the panel.
  socket.on("error", end);
  socket.once("readable", () => {
    const first: Buffer | null = socket.read(1);
    // It ended, or was destroyed, without a word.
    if (first === null) return end();
    socket.setTimeout(0, end);
    socket.off("timeout", end);
    socket.off("error", end);
    socket.unshift(first);
    then(first.readUInt8(0));
  });
}
