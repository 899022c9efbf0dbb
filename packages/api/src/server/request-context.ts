import type { IncomingMessage } from "node:http";
import type { AppContext } from "../context.ts";
import type { RequestContext } from "../trpc/init.ts";
import { arrivalOf, type TrustsProxy } from "./arrival.ts";
import type { Socket, UnauthenticatedSockets } from "./unauthenticated-sockets.ts";
import { writableOf } from "./writable.ts";

/** What tRPC knows of a request, or of the upgrade to a WebSocket. */
export interface Call {
  req: IncomingMessage | { raw: IncomingMessage };
  /** The WebSocket, if it is one. */
  res: unknown;
  info: { connectionParams: Record<string, string | undefined> | null };
}

/**
 * Who asks and how they are answered. A token comes in a header; that of a WebSocket in its first
 * message, as browsers cannot add headers there. Over HTTP the latter would be part of the
 * address, which ends up in logs: there it counts for nothing.
 */
export async function requestContext(
  app: AppContext,
  sockets: UnauthenticatedSockets,
  { req, res, info }: Call,
): Promise<RequestContext> {
  const isHttp = "raw" in req;
  const { socket, headers } = isHttp ? req.raw : req;
  const bearer =
    bearerOf(headers.authorization) ?? (isHttp ? null : tokenOf(info.connectionParams));
  if (!isHttp) await sockets.introduce(res as Socket, bearer);
  return {
    app,
    bearer,
    origin: originOf({ socket, headers }, app.config.trustsProxy),
    writable: writableOf(socket),
  };
}

/** The token of an Authorization header. */
export function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]{1,256})$/i.exec(header ?? "")?.[1] ?? null;
}

export function originOf(
  request: Pick<IncomingMessage, "socket" | "headers">,
  trusts: TrustsProxy,
) {
  const { address } = arrivalOf(request, trusts);
  return { address, userAgent: request.headers["user-agent"] ?? "" };
}

function tokenOf(params: Record<string, string | undefined> | null): string | null {
  const token: unknown = params?.token;
  return typeof token === "string" && token !== "" ? token : null;
}
