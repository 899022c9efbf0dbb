import http from "node:http";
import https from "node:https";
import type { FastifyServerFactory } from "fastify";
import type { Connections } from "./connections.ts";

/** Who opens a connection and does not send the headers of a request is cut off. */
const DEADLINES = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 };
/** So long may who connects take until the certificate is settled. */
const HANDSHAKE_MS = 10_000;
/** As Fastify has it: a page's connection outlives its pauses. */
const KEEP_ALIVE_MS = 72_000;

interface Options {
  tls: { cert: Buffer; key: Buffer } | null;
  connections: Pick<Connections, "meet">;
  deadlines?: typeof DEADLINES;
}

/** Makes each server that Fastify listens with: two, where it is to listen on `localhost`. */
export function httpServer(options: Options): FastifyServerFactory<http.Server> {
  const { tls, connections, deadlines = DEADLINES } = options;
  return (handler) => {
    const server = tls
      ? https.createServer(
          { ...tls, ...deadlines, handshakeTimeout: HANDSHAKE_MS, minVersion: "TLSv1.2" },
          handler,
        )
      : http.createServer(deadlines, handler);
    server.on("connection", connections.meet);
    // Bodies have deadlines of their own, as an upload may take as long as it takes.
    server.requestTimeout = 0;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return server;
  };
}
