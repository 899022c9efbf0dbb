import type { IncomingMessage, ServerResponse } from "node:http";
import { ANSWERS, answer } from "./answers.ts";
import { flat, forBrowser, forSender, headersOf } from "./headers.ts";
import { passBody } from "./pass-body.ts";
import { type Passage, requestUpstream } from "./upstream.ts";
import { createUpstreamSocket } from "./upstream-socket.ts";
import { keepWithinBounds } from "./webhook-bounds.ts";

/** How long both sides may be silent: a gateway thinks for a while, as with a question to a model. */
export const QUIET_MS = 120_000;

/** Passes a request on and its answer back. `signal` cuts both. */
export function passRequest(passage: Passage, response: ServerResponse, signal: AbortSignal): void {
  const { request, origin, admission } = passage;
  if (signal.aborted) return void response.destroy();
  const socket = createUpstreamSocket(passage.endpoint);
  const upstream = requestUpstream(passage, [], { createConnection: socket.connect });
  const answered = new AbortController();
  const cut = () => response.destroy();
  signal.addEventListener("abort", cut, { once: true });
  response.once("close", () => {
    signal.removeEventListener("abort", cut);
    answered.abort();
    upstream.destroy();
  });
  const refuse = (kind: "down" | "late" | "large") => {
    if (response.headersSent || response.destroyed) return;
    answer(response, ANSWERS[kind]);
    upstream.destroy();
  };
  void whenQuiet(passage, answered.signal).then((isQuiet) => isQuiet && refuse("late"));
  if (!admission) keepWithinBounds(passage, response, refuse);
  // After the headers, what becomes of the answer decides.
  upstream.on("error", () => refuse("down"));
  // Without an error, for example after a switch of protocols that nobody asked for.
  upstream.once("close", () => refuse("down"));
  upstream.once("response", (incoming: IncomingMessage) => {
    answered.abort();
    const { statusCode = 0 } = incoming;
    // Node throws for a status that it cannot send, and a container can send any.
    if (statusCode < 200) return refuse("down");
    const theirs = headersOf(incoming.rawHeaders);
    const headers = admission ? forBrowser(theirs, origin) : forSender(theirs);
    // Nobody reads what is left of the body, so nothing can follow it.
    if (!request.complete) headers.push(["Connection", "close"]);
    response.writeHead(statusCode, flat(headers));
    passBody(incoming, response, socket);
  });
  // The container may answer before it has read everything.
  request.on("error", () => upstream.destroy());
  request.pipe(upstream);
}

/**
 * Resolves with true when no answer has begun and nothing has come from the browser for a while; a
 * body may take any time as long as it moves. With false when `answered` aborts.
 */
async function whenQuiet({ request, clock }: Passage, answered: AbortSignal): Promise<boolean> {
  for (;;) {
    const before = request.socket.bytesRead;
    await clock.sleep(QUIET_MS, answered);
    if (answered.aborted) return false;
    if (request.socket.bytesRead === before) return true;
  }
}
