import http, { type IncomingMessage } from "node:http";
import type { Identity } from "@claw/core/gateway-access";
import type { GatewayTarget } from "../gateway.ts";

/**
 * The panel's own address for gateways: they accept no loopback address from a proxy. The network
 * is reserved for documentation, so that it is nobody's.
 */
const PANEL_ADDRESS = "192.0.2.1";

interface Question {
  path: string;
  as: Identity;
  withinMs: number;
  /** JSON, sent by POST; without it, a GET. */
  body?: string;
}

/** The beginning of the answer; null when none comes in time. Its body is read by the caller. */
export function ask(
  { endpoint, header, origin }: GatewayTarget,
  { path, as, withinMs, body }: Question,
): Promise<IncomingMessage | null> {
  const { protocol, host } = new URL(origin);
  return new Promise((resolve) => {
    const request = http.request(
      {
        ...endpoint,
        path,
        method: body === undefined ? "GET" : "POST",
        agent: false,
        signal: AbortSignal.timeout(withinMs),
        headers: {
          host,
          "x-forwarded-for": PANEL_ADDRESS,
          "x-forwarded-proto": protocol.slice(0, -1),
          "x-forwarded-host": host,
          [header]: as,
          ...(body !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          }),
        },
      },
      resolve,
    );
    request.on("error", () => resolve(null));
    request.end(body);
  });
}

/**
 * The whole body; `silent` when it does not end in time, `long` when it has more than `limit`
 * bytes.
 */
export async function readText(
  response: IncomingMessage,
  limit: number,
): Promise<{ text: string } | "silent" | "long"> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) return "long";
    }
  } catch {
    // The connection broke, or its time is over: there will be no more of it.
    return "silent";
  }
  return { text: Buffer.concat(chunks).toString() };
}
