import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import type { Sink, UpstreamSocket } from "./upstream-socket.ts";

/** Shorter bodies come with their headers, or nearly. */
const LONG_BYTES = 64 * 1024;

/** Passes the body of an answer on. An answer that breaks off does not look complete. */
export function passBody(
  incoming: IncomingMessage,
  response: ServerResponse,
  socket: UpstreamSocket,
): void {
  const length = lengthOf(incoming, response);
  if (length === null || length < LONG_BYTES)
    return void pipeline(incoming, response, () => incoming.destroy());
  let left = length;
  const forward: Sink = (bytes, done) => {
    if (response.destroyed || left === 0) return;
    // What comes beyond the length that was stated belongs to no answer.
    const due = bytes.subarray(0, left);
    left -= due.length;
    response.write(due, done);
    if (left > 0) return;
    response.end();
    incoming.destroy();
  };
  // What came together with the headers.
  incoming.on("data", (bytes: Buffer) => forward(bytes, () => undefined));
  socket.divert(forward);
  // The parser misses what was diverted; the count tells whether it is missing.
  incoming.on("error", () => undefined);
  incoming.once("close", () => left > 0 && response.destroy());
}

/** Null: there is no body, or its length is not known beforehand. */
function lengthOf({ headers, statusCode = 0 }: IncomingMessage, response: ServerResponse) {
  const stated = headers["content-length"];
  const hasBody = response.req.method !== "HEAD" && statusCode !== 204 && statusCode !== 304;
  return hasBody && stated !== undefined && /^\d+$/.test(stated) ? Number(stated) : null;
}
