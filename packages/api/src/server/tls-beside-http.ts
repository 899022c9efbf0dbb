import type http from "node:http";
import type { Socket } from "node:net";
import type tls from "node:tls";
import { endpointOf } from "./connections.ts";
import { onFirstByte, TLS_HANDSHAKE } from "./first-byte.ts";

/**
 * Lets `handshakes`, which never listens, serve TLS on the port of an HTTP server, told apart by the
 * first byte: addresses that people know, and a proxy that nobody declared, go on working when the
 * panel begins to have certificates.
 */
export function serveTlsBesideHttp(
  server: http.Server,
  handshakes: tls.Server,
  firstByteMs: number,
): void {
  const listeners = server.listeners("connection");
  /** Browsers open connections in advance: without this, each would delay the panel's end. */
  const unserved = new Map<string, Socket>();
  const serve = (socket: Socket) => {
    unserved.delete(endpointOf(socket));
    for (const listener of listeners) listener.call(server, socket);
  };
  const closeServed = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    for (const socket of unserved.values()) socket.destroy();
    closeServed();
  };
  handshakes.on("secureConnection", serve);
  handshakes.on("tlsClientError", (_, socket) => socket.destroy());
  server.removeAllListeners("connection");
  server.on("connection", (socket) => {
    const endpoint = endpointOf(socket);
    unserved.set(endpoint, socket);
    socket.once("close", () => unserved.delete(endpoint));
    onFirstByte(socket, firstByteMs, (byte) => {
      if (byte === TLS_HANDSHAKE) handshakes.emit("connection", socket);
      else serve(socket);
    });
  });
}
