import type http from "node:http";
import { createServer } from "node:https";
import type { FastifyServerFactory } from "fastify";

/** Makes the server as Fastify does, with the administrator's certificate. */
export function tlsServer(tls: { cert: Buffer; key: Buffer }): FastifyServerFactory<http.Server> {
  return (handler) => {
    const server = createServer({ ...tls, minVersion: "TLSv1.2" }, handler);
    // An upload may take as long as it takes; who sends no headers is cut off after a minute.
    server.requestTimeout = 0;
    server.keepAliveTimeout = 72_000;
    return server;
  };
}
