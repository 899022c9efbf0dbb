import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { ANSWERS, answer } from "./answers.ts";
import { flat, forBrowser, headersOf } from "./headers.ts";
import { type Passage, requestUpstream } from "./upstream.ts";

/** The gateway may think for a while, as with a question to a model. */
const ANSWER_WITHIN_MS = 120_000;
/** A body that stalls for this long is given up. */
const BODY_IDLE_MS = 60_000;

/** Passes a request on and its answer back. `signal` cuts both. */
export function passRequest(passage: Passage, response: ServerResponse, signal: AbortSignal): void {
  const { request, origin } = passage;
  const upstream = requestUpstream(passage, []);
  const cut = () => {
    upstream.destroy();
    response.destroy();
  };
  signal.addEventListener("abort", cut, { once: true });
  response.once("close", () => {
    signal.removeEventListener("abort", cut);
    upstream.destroy();
  });
  const refuse = (kind: "down" | "late") => {
    if (response.headersSent) response.destroy();
    else answer(response, ANSWERS[kind]);
    upstream.destroy();
  };
  upstream.setTimeout(ANSWER_WITHIN_MS, () => refuse("late"));
  upstream.once("error", () => {
    if (!response.writableEnded) refuse("down");
  });
  upstream.once("response", (answered: IncomingMessage) => {
    upstream.setTimeout(0);
    const headers = flat(forBrowser(headersOf(answered.rawHeaders), origin));
    response.writeHead(answered.statusCode ?? 502, headers);
    // An answer that breaks off must not look complete.
    pipeline(answered, response, () => answered.destroy());
  });
  request.setTimeout(BODY_IDLE_MS, () => {
    if (!request.complete) cut();
  });
  // The container may answer before it has read everything.
  request.on("error", () => upstream.destroy());
  request.pipe(upstream);
}
