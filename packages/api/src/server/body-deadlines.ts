import type { IncomingMessage } from "node:http";
import type { FastifyRequest } from "fastify";
import type { Host } from "../host/host.ts";
import { ANONYMOUS_BYTES } from "./anonymous-limit.ts";

/** So long may the body of a log-in, or of another short call, take to come. */
export const SHORT_BODY_MS = 15_000;
/** So long a configuration of many megabytes, of somebody who has logged in. */
export const LONG_BODY_MS = 120_000;

/** Every body must be there in time. Who sends one byte now and then would hold a connection for good. */
export interface BodyDeadlines {
  /** A hook before the body is read. */
  begin(request: FastifyRequest): Promise<void>;
  /** For a body that may take as long as it likes, as its sender is known and watched. */
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
      // Also of a refused request: Node reads on after the answer, to the end of the body.
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

/** As Node ends a request whose headers do not come. */
function giveUp({ socket }: IncomingMessage): void {
  socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", () => socket.destroy());
  // Who does not read is not waited for.
  socket.destroySoon();
}
