import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { AppContext } from "../context.ts";
import type { Network } from "../network-config.ts";
import type { Loss } from "../services/system/save-network.ts";
import type { RequestContext } from "../trpc/init.ts";
import { arrivalOf, type TrustsProxy } from "./arrival.ts";
import { whyForeign } from "./host-and-origin.ts";
import type { Socket, UnauthenticatedSockets } from "./unauthenticated-sockets.ts";
import { writableOf } from "./writable.ts";

/** Request data available to tRPC, for HTTP and WebSocket upgrades. */
export interface Call {
  req: IncomingMessage | { raw: IncomingMessage };
  /** The WebSocket, if any. */
  res: unknown;
  info: { connectionParams: Record<string, string | undefined> | null };
}

/**
 * Builds the context of a call. The token comes in a header or, for WebSockets, in the first
 * message, because browsers cannot set headers there. Over HTTP the connection parameters are part
 * of the URL, which ends up in logs, so they are ignored.
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
  const network = app.runtime.network.now();
  return {
    app,
    bearer,
    origin: originOf({ socket, headers }, network.trustsProxy),
    panelOrigin: panelOriginOf({ socket, headers }, network),
    lossUnder: (next) => lossUnder({ socket, headers }, next),
    writable: writableOf(socket),
  };
}

/** Extracts the token from an Authorization header. */
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

/**
 * The origin under which a caller reached the panel; the gate has checked Origin and Host. Only a
 * browser knows of TLS that an undeclared proxy adds.
 */
function panelOriginOf(
  request: Pick<IncomingMessage, "socket" | "headers">,
  { tls, trustsProxy }: Pick<Network, "tls" | "trustsProxy">,
): string {
  const { host, scheme } = arrivalOf(request, trustsProxy);
  return request.headers.origin ?? `${tls ? "https" : (scheme ?? "http")}://${host}`;
}

function lossUnder(
  { socket, headers }: Pick<IncomingMessage, "socket" | "headers">,
  next: Network,
): Loss | null {
  const { host, scheme } = arrivalOf({ socket, headers }, next.trustsProxy);
  if (whyForeign({ ...headers, host }, { ...next, scheme }) !== null) return "address";
  return socket instanceof TLSSocket && !next.tls && !next.ownAuthority ? "tls" : null;
}

function tokenOf(params: Record<string, string | undefined> | null): string | null {
  const token: unknown = params?.token;
  return typeof token === "string" && token !== "" ? token : null;
}
