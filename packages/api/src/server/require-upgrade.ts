import type { FastifyReply, FastifyRequest } from "fastify";
import { refuse } from "./error-answers.ts";
import { isForReading } from "./gate.ts";
import { upgradePage } from "./refusal-page.ts";

const MESSAGE =
  'This address takes a WebSocket only, and the request came without Upgrade: websocket. If a proxy stands between, have it pass WebSockets on (nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";).';

/** Hook that tells plain requests for `path` to use a WebSocket. */
export function requireUpgrade(path: string) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    if (request.routeOptions.url !== path || request.ws) return undefined;
    reply.header("upgrade", "websocket");
    if (isForReading(request))
      return reply.code(426).type("text/html; charset=utf-8").send(upgradePage());
    return refuse(reply, { code: "BAD_REQUEST", httpStatus: 426, message: MESSAGE });
  };
}
