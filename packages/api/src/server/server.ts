import type http from "node:http";
import fastifyWebsocket from "@fastify/websocket";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { type FastifyServerOptions, fastify } from "fastify";
import type { AppContext } from "../context.ts";
import { answerMeta } from "../trpc/errors.ts";
import type { RequestContext } from "../trpc/init.ts";
import { appRouter } from "../trpc/root.ts";
import { refuseLargeFromAnonymous } from "./anonymous-limit.ts";
import { plainAddress } from "./arrival.ts";
import { serveAuthority } from "./authority-route.ts";
import { serveBackups, UPLOAD_PATH } from "./backup-routes.ts";
import { createBodyDeadlines } from "./body-deadlines.ts";
import { createConnections } from "./connections.ts";
import { answerErrors } from "./error-answers.ts";
import { createFront, FRONT } from "./front/front.ts";
import { gate } from "./gate.ts";
import { httpServer } from "./http-server.ts";
import { createIngress } from "./ingress/ingress.ts";
import { introduceSenders, warnOfCrowds } from "./introduce-senders.ts";
import { type Call, requestContext } from "./request-context.ts";
import { requireUpgrade } from "./require-upgrade.ts";
import { serveSchemas } from "./schema-route.ts";
import { requireSetUpBeyondLoopback } from "./set-up-first.ts";
import { serveWeb } from "./static-web.ts";
import { createUnauthenticatedSockets } from "./unauthenticated-sockets.ts";
import { answerUnreadable } from "./unreadable-requests.ts";

/** Exceeds the largest configuration with every character escaped. */
const BODY_LIMIT = 16 * 1024 * 1024;

export type Server = Awaited<ReturnType<typeof createServer>>;

/**
 * The HTTP server on one port: /healthz, /trpc over HTTP, SSE and WebSocket, and the web page.
 * HTTPS where the panel has certificates.
 */
export async function createServer(app: AppContext) {
  requireSetUpBeyondLoopback(app);
  const connections = createConnections({
    onCrowd: warnOfCrowds(app),
    isProxy: (address) => app.runtime.network.now().trustsProxy(plainAddress(address)),
  });
  const ingress = createIngress(app, connections);
  const front = createFront(app, ingress);
  const options: FastifyServerOptions<http.Server> = {
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: true,
    clientErrorHandler: answerUnreadable,
    serverFactory: front.factory(
      httpServer({
        certificates: app.runtime.certificates,
        // The panel begins or ends to serve TLS only when it starts.
        isPlainToo: app.runtime.network.now().ownAuthority,
        connections,
      }),
    ),
  };
  const server = fastify(options);

  // Registered first: it closes the connections of upgrades that the hook below refuses.
  await server.register(fastifyWebsocket, {
    options: { maxPayload: BODY_LIMIT, server: front.panelUpgrades },
  });
  // Before the server closes, which waits for upgraded connections.
  server.addHook("preClose", async () => {
    front.close();
    await ingress[Symbol.asyncDispose]();
  });
  server.decorate(FRONT, front);
  const bodies = createBodyDeadlines(app.host);
  const sockets = createUnauthenticatedSockets(app, connections);
  server.websocketServer.on("connection", sockets.meet);
  server.addHook("onRequest", bodies.begin);
  server.addHook("onRequest", gate(app));
  server.addHook("onRequest", requireUpgrade("/trpc"));
  server.addHook("onRequest", introduceSenders(app, connections));
  server.addHook("onRequest", refuseLargeFromAnonymous(app, { except: UPLOAD_PATH }));
  server.setErrorHandler(answerErrors({ log: app.log, bodyLimit: BODY_LIMIT }));

  server.get("/healthz", async () => ({ ok: true }));
  await server.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    useWSS: true,
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
    trpcOptions: {
      router: appRouter,
      // For queries whose input is too long for an address.
      allowMethodOverride: true,
      createContext: (call: Call): Promise<RequestContext> => requestContext(app, sockets, call),
      responseMeta: answerMeta,
    },
  });
  await serveBackups(server, app, bodies);
  serveSchemas(server, app);
  serveAuthority(server, app);
  await serveWeb(server, app.config.webRoot);
  return server;
}
