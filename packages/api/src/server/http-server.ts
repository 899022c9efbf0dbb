import http from "node:http";
import https from "node:https";
import tls from "node:tls";
import type { FastifyServerFactory } from "fastify";
import type { Certificates } from "../certificates/certificates.ts";
import type { Connections } from "./connections.ts";
import { serveTlsBesideHttp } from "./tls-beside-http.ts";

/** Disconnects clients that open a connection and send no headers. */
const DEADLINES = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 };
/** Limit for the TLS handshake. */
const HANDSHAKE_MS = 10_000;
const MIN_VERSION = "TLSv1.2";
/** Fastify's default: a page's connection survives its idle periods. */
const KEEP_ALIVE_MS = 72_000;

interface Options {
  /** Null: plain HTTP. */
  certificates: Certificates | null;
  /** Answers plain HTTP too, beside HTTPS. */
  isPlainToo: boolean;
  connections: Pick<Connections, "meet">;
  deadlines?: typeof DEADLINES;
}

/** Creates each server that Fastify listens with; for `localhost` there are two. */
export function httpServer(options: Options): FastifyServerFactory<http.Server> {
  const { certificates, isPlainToo, connections, deadlines = DEADLINES } = options;
  return (handler) => {
    const server =
      certificates && !isPlainToo
        ? present(
            certificates,
            https.createServer({ ...tlsOptions(certificates), ...deadlines }, handler),
          )
        : http.createServer(deadlines, handler);
    if (certificates && isPlainToo) {
      const handshakes = present(certificates, tls.createServer(tlsOptions(certificates)));
      serveTlsBesideHttp(server, handshakes, deadlines.headersTimeout);
    }
    server.on("connection", connections.meet);
    // Bodies have their own deadlines; an upload may take any time.
    server.requestTimeout = 0;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return server;
  };
}

function tlsOptions(certificates: Certificates): tls.TlsOptions {
  return {
    handshakeTimeout: HANDSHAKE_MS,
    minVersion: MIN_VERSION,
    SNICallback(name, done) {
      try {
        done(null, certificates.forName(name.toLowerCase()) ?? undefined);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
}

/** Connections that exist keep the certificate with which they began. */
function present<Server extends tls.Server>(certificates: Certificates, server: Server): Server {
  certificates.follow(({ cert, key }) =>
    server.setSecureContext({ cert, key, minVersion: MIN_VERSION }),
  );
  return server;
}
