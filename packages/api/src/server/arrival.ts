import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { TLSSocket } from "node:tls";
import proxyAddr from "@fastify/proxy-addr";

/** Source of a request, and the address it was sent to as the browser sees it. */
export interface Arrival {
  address: string;
  host: string | undefined;
  /** Null: unknown, because an undeclared proxy may add TLS to what reaches the panel without. */
  scheme: "http" | "https" | null;
}

/** True for the address of a proxy that the administrator declared. */
export type TrustsProxy = (address: string) => boolean;

type Came = Pick<IncomingMessage, "socket" | "headers">;

/**
 * Believes forwarding headers only on connections from a trusted proxy; anyone else can set them to
 * anything.
 */
export function arrivalOf(request: Came, trusts: TrustsProxy): Arrival {
  const peer = request.socket.remoteAddress ?? "";
  const address = addressOf(request, trusts);
  const { host } = request.headers;
  const own = request.socket instanceof TLSSocket ? "https" : null;
  if (!trusts(plainAddress(peer))) return { address, host, scheme: own };
  const scheme = schemeOf(last(request.headers["x-forwarded-proto"]));
  return {
    address,
    host: last(request.headers["x-forwarded-host"]) ?? host,
    scheme: scheme ?? own,
  };
}

/** Traefik names the scheme of a WebSocket's address. */
function schemeOf(forwarded: string | undefined): "http" | "https" | null {
  switch (forwarded?.toLowerCase()) {
    case "https":
    case "wss":
      return "https";
    case "http":
    case "ws":
      return "http";
    default:
      return null;
  }
}

/**
 * The nearest address that is not a trusted proxy's; a proxy's own if it forwards an invalid one.
 */
function addressOf(request: Came, trusts: TrustsProxy): string {
  const chain = proxyAddr.all(request as IncomingMessage, (each) => trusts(plainAddress(each)));
  return plainAddress(chain.findLast((each) => isIP(plainAddress(each)) !== 0) ?? "");
}

/** Proxies append their value, so the nearest proxy's comes last. */
function last(header: string | string[] | undefined): string | undefined {
  const value = String(header ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return value === "" ? undefined : value;
}

/** Without the form that a dual-stack socket gives to IPv4. */
export function plainAddress(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
}
