import http from "node:http";
import https from "node:https";
import type { FastifyServerFactory } from "fastify";
import type { Certificate } from "../config.ts";
import type { Connections } from "./connections.ts";

/** Disconnects clients that open a connection and send no headers. */
const DEADLINES = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 };
/** Limit for the TLS handshake. */
const HANDSHAKE_MS = 10_000;
/** Fastify's default: a page's connection survives its idle periods. */
const KEEP_ALIVE_MS = 72_000;

interface Options {
  tls: Certificate | null;
  connections: Pick<Connections, "meet">;
  deadlines?: typeof DEADLINES;
}

/** Creates each server that Fastify listens with; for `localhost` there are two. */
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
    // Bodies have their own deadlines; an upload may take any time.
    server.requestTimeout = 0;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return server;
  };
}
