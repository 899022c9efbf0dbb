import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Uses } from "../../context.ts";
import { PROBE_PATH } from "../../services/system/begin-probe.ts";
import { arrivalOf } from "../arrival.ts";
import { endUpgrade } from "../ingress/answers.ts";
import { improper } from "../proper-request.ts";

/** What a server appends to the key of a handshake (RFC 6455). */
const HANDSHAKE_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** A frame that closes a WebSocket in order. */
const CLOSE_FRAME = Buffer.from([0x88, 0x02, 0x03, 0xe8]);

/**
 * Tells a page of the panel that asks under another name how its request has arrived, whatever the
 * name is then: a proxy may have changed it. Both functions return false, and do nothing, for every
 * other request, so that a caller without a key finds nothing.
 */
export function createProbeAnswers({ runtime }: Uses<"network" | "probes">) {
  /** The proof, and the address that the request was sent to; null: it is no probe. */
  function read(request: IncomingMessage) {
    const { method, url = "" } = request;
    const { origin } = request.headers;
    if (method !== "GET" || !url.startsWith(PROBE_PATH) || origin === undefined) return null;
    const proof = runtime.probes.proofFor(url.slice(PROBE_PATH.length), origin);
    const { host, scheme } = arrivalOf(request, runtime.network.now().trustsProxy);
    if (proof === null || improper(request, host) !== null) return null;
    return { origin, answer: { proof, host: host ?? "", scheme } };
  }

  return {
    answer(request: IncomingMessage, response: ServerResponse): boolean {
      const probe = read(request);
      if (!probe) return false;
      const body = JSON.stringify(probe.answer);
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "access-control-allow-origin": probe.origin,
        vary: "origin",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        // Otherwise Node reads a body to its end.
        connection: "close",
      });
      response.end(body);
      return true;
    },

    /** Opens the WebSocket, and closes it. */
    accept(request: IncomingMessage, socket: Duplex): boolean {
      const { upgrade, "sec-websocket-key": key } = request.headers;
      if (upgrade?.toLowerCase() !== "websocket" || key === undefined) return false;
      if (!read(request)) return false;
      socket.on("error", () => socket.destroy());
      const accepted = createHash("sha1").update(`${key}${HANDSHAKE_SUFFIX}`).digest("base64");
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
      );
      socket.write(CLOSE_FRAME);
      endUpgrade(socket);
      return true;
    },
  };
}
