import type { IncomingMessage } from "node:http";
import fastifyWebsocket from "@fastify/websocket";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { fastify } from "fastify";
import type { AppContext } from "../context.ts";
import type { RequestContext } from "../trpc/init.ts";
import { appRouter } from "../trpc/root.ts";
import { refusal } from "./same-machine.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { serveWeb } from "./static-web.ts";
import { writableOf } from "./writable.ts";

/** More than the largest configuration with every character escaped. */
const BODY_LIMIT = 16 * 1024 * 1024;

export type Server = Awaited<ReturnType<typeof createServer>>;

/** The HTTP server on one port: /healthz, /trpc over HTTP, SSE and WebSocket, and the web page. */
export async function createServer(app: AppContext) {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: true,
  });

  // First, as it closes the connections of upgrades that the hook below refuses.
  await server.register(fastifyWebsocket, { options: { maxPayload: BODY_LIMIT } });
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const why = refusal(request.headers);
    if (why !== null) return reply.code(403).send(errorBody("FORBIDDEN", 403, why));
    const type = request.headers["content-type"];
    if (request.method === "POST" && type !== undefined && !type.startsWith("application/json"))
      return reply
        .code(415)
        .send(errorBody("UNSUPPORTED_MEDIA_TYPE", 415, "Send JSON, as application/json."));
  });
  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) app.log.error({ err: error }, "a request failed");
    const code =
      status === 413
        ? "PAYLOAD_TOO_LARGE"
        : status >= 500
          ? "INTERNAL_SERVER_ERROR"
          : "BAD_REQUEST";
    const message =
      status === 413
        ? `What was sent is larger than ${BODY_LIMIT} bytes.`
        : status >= 500
          ? "Something went wrong in the panel. Its log has the details."
          : error.message;
    return reply.code(status).send(errorBody(code, status, message));
  });

  server.get("/healthz", async () => ({ ok: true }));
  await server.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    useWSS: true,
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
    trpcOptions: {
      router: appRouter,
      createContext: ({
        req,
      }: {
        req: IncomingMessage | { raw: IncomingMessage };
      }): RequestContext => {
        const { socket } = "raw" in req ? req.raw : req;
        return { app, writable: writableOf(socket) };
      },
    },
  });
  await serveWeb(server, app.config.webRoot);
  return server;
}

/** An error in the shape that tRPC's clients read. */
function errorBody(code: string, httpStatus: number, message: string) {
  const reason = httpStatus >= 500 ? "INTERNAL" : "INVALID_INPUT";
  return { error: { message, code: -32_600, data: { code, httpStatus, reason, issues: [] } } };
}
