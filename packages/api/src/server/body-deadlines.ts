import type { IncomingMessage } from "node:http";
import type { FastifyRequest } from "fastify";
import type { Host } from "../host/host.ts";
import { ANONYMOUS_BYTES } from "./anonymous-limit.ts";

/** Deadline for the body of a log-in or another short call. */
export const SHORT_BODY_MS = 15_000;
/** Deadline for large bodies, such as a configuration of many megabytes from a logged-in user. */
export const LONG_BODY_MS = 120_000;

/** Deadlines for request bodies. A client that trickles bytes would hold a connection forever. */
export interface BodyDeadlines {
  /** Hook that runs before the body is read. */
  begin(request: FastifyRequest): Promise<void>;
  /** Removes the deadline; for bodies of a known sender that are monitored otherwise. */
  lift(request: IncomingMessage): void;
}

export function createBodyDeadlines(host: Pick<Host, "sleep">): BodyDeadlines {
  const running = new WeakMap<IncomingMessage, AbortController>();
  return {
    async begin({ raw }) {
      const { headers } = raw;
      const length = Number(headers["content-length"] ?? 0);
      const isLong = headers["transfer-encoding"] !== undefined || length > ANONYMOUS_BYTES;
      if (!isLong && length === 0) return;
      const over = new AbortController();
      running.set(raw, over);
      // Applies to refused requests too: Node keeps reading the body after the response.
      raw.once("close", () => over.abort());
      void host.sleep(isLong ? LONG_BODY_MS : SHORT_BODY_MS, over.signal).then(() => {
        if (!over.signal.aborted && !raw.complete) giveUp(raw);
      });
    },

    lift(request) {
      running.get(request)?.abort();
    },
  };
}

/** Matches Node's behavior when the headers time out. */
function giveUp({ socket }: IncomingMessage): void {
  socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", () => socket.destroy());
  // Does not wait for clients that do not read.
  socket.destroySoon();
}
