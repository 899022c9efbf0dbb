import type { ServerResponse } from "node:http";
import type { Passage } from "./upstream.ts";

/** The services that call wait some seconds for an answer. */
export const WEBHOOK_WITHIN_MS = 30_000;
/** Generous for a message: pictures and files come as links. */
export const WEBHOOK_BYTES = 1024 * 1024;

/** Ends a webhook's request that is too large or lasts too long: nobody vouches for its sender. */
export function keepWithinBounds(
  { request, clock }: Pick<Passage, "request" | "clock">,
  response: ServerResponse,
  refuse: (kind: "large" | "late") => void,
): void {
  const over = new AbortController();
  response.once("close", () => over.abort());
  const end = (kind: "large" | "late") => {
    if (over.signal.aborted) return;
    over.abort();
    if (response.headersSent) response.destroy();
    else refuse(kind);
  };
  void clock.sleep(WEBHOOK_WITHIN_MS, over.signal).then(() => end("late"));
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > WEBHOOK_BYTES) end("large");
  });
}
