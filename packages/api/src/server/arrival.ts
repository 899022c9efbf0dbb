import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";

/** How a request came: from whom, and to which address as the sender's browser sees it. */
export interface Arrival {
  address: string;
  host: string | undefined;
  /** Null: unknown, as a proxy that is not declared may add TLS. */
  scheme: "http" | "https" | null;
}

/** True for the address of a proxy that the administrator has declared. */
export type TrustsProxy = (address: string) => boolean;

type Came = Pick<IncomingMessage, "socket" | "headers">;

/**
 * What a proxy says of the request is believed only when the connection comes from one that the
 * panel trusts. Anybody else may write anything into these headers.
 */
export function arrivalOf(request: Came, trusts: TrustsProxy): Arrival {
  const peer = request.socket.remoteAddress ?? "";
  const address = addressOf(request, trusts);
  const { host } = request.headers;
  if (!trusts(plain(peer))) return { address, host, scheme: null };
  const scheme = last(request.headers["x-forwarded-proto"])?.toLowerCase();
  return {
    address,
    host: last(request.headers["x-forwarded-host"]) ?? host,
    scheme: scheme === "http" || scheme === "https" ? scheme : null,
  };
}

/** The nearest address that no trusted proxy has; a proxy's own where what it says is no address. */
function addressOf(request: Came, trusts: TrustsProxy): string {
  const chain = proxyAddr.all(request as IncomingMessage, (each) => trusts(plain(each)));
  return plain(chain.findLast((each) => isIP(plain(each)) !== 0) ?? "");
}

/** Each proxy adds its value behind the others, so that the last one is of the nearest. */
function last(header: string | string[] | undefined): string | undefined {
  const value = String(header ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return value === "" ? undefined : value;
}

function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
}
