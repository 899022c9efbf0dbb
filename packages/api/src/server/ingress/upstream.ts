import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { READ_ONLY_HEADER } from "@claw/core/gateway-access";
import type { Endpoint } from "../../engine/engine.ts";
import type { Host } from "../../host/host.ts";
import type { Admission } from "../../services/opening/admit-to-instance.ts";
import { flat, forContainer, type Header, headersOf } from "./headers.ts";

/** Headers of an answer beyond this end it. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Stands for this machine: gateways accept no loopback address from a proxy. */
const THIS_MACHINE = "192.0.2.1";

/** A request that was admitted, and where it goes. */
export interface Passage {
  request: IncomingMessage;
  /** Null: the callback of a channel, which comes from nobody whom the panel knows. */
  admission: Admission | null;
  /** The address of the sender. */
  address: string;
  /** The public origin of the instance. */
  origin: string;
  /** The secret name of the identity header. */
  header: string;
  endpoint: Endpoint;
  clock: Pick<Host, "sleep">;
}

/**
 * Begins the request to the container, over a connection of its own: the gateway could close a kept
 * one just as it is used. Throws for a path that cannot be sent.
 */
export function requestUpstream(
  passage: Passage,
  more: readonly Header[],
  over: Pick<RequestOptions, "agent" | "createConnection">,
): ClientRequest {
  const { request, endpoint } = passage;
  const headers = [
    ...claims(passage),
    ...forContainer(headersOf(request.rawHeaders)),
    // Node has decoded the chunks.
    ...(request.headers["transfer-encoding"] === undefined
      ? []
      : [["Transfer-Encoding", "chunked"] as const]),
    ...more,
  ];
  return http.request({
    ...endpoint,
    method: request.method,
    path: request.url,
    headers: flat(headers),
    setHost: false,
    ...over,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
}

function claims({ admission, address, origin, header }: Passage): Header[] {
  const { protocol, host } = new URL(origin);
  const isHere = address === "" || address === "::1" || address.startsWith("127.");
  return [
    ["Host", host],
    ["X-Forwarded-For", isHere ? THIS_MACHINE : address],
    ["X-Forwarded-Proto", protocol.slice(0, -1)],
    ["X-Forwarded-Host", host],
    ...(admission ? [[header, admission.as] as const] : []),
    ...(admission?.access === "read"
      ? [[READ_ONLY_HEADER.name, READ_ONLY_HEADER.value] as const]
      : []),
  ];
}
