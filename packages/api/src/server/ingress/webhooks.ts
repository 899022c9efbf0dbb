import type { IncomingMessage, ServerResponse } from "node:http";
import type { InstanceSpec } from "@claw/core/instance";
import { isWebhookPath } from "@claw/core/webhook-rules";
import type { AppContext } from "../../context.ts";
import { arrivalOf } from "../arrival.ts";
import { ANSWERS, answer } from "./answers.ts";
import type { createEndpoints } from "./endpoints.ts";
import type { LivePassages } from "./live-passages.ts";
import { passRequest } from "./pass-request.ts";
import { WEBHOOK_BYTES } from "./webhook-bounds.ts";
import { createWebhookLimits } from "./webhook-limits.ts";

/** Passes the callback of a channel on. `own`: the public origin of the instance. */
export type Webhooks = (
  spec: InstanceSpec,
  came: { request: IncomingMessage; response: ServerResponse },
  own: string,
) => Promise<void>;

/**
 * True for a request to a path that is open without a session. It then passes without an identity
 * whoever sends it: a page that makes a browser send one gains nothing by the session of its user.
 */
export function isWebhook(
  { webhookPaths }: InstanceSpec,
  { method, url = "" }: IncomingMessage,
): boolean {
  const isCall = method === "GET" || method === "POST";
  return isCall && isWebhookPath(webhookPaths, url.split("?")[0] ?? "");
}

export function createWebhooks(
  app: AppContext,
  ways: { passages: LivePassages; endpointOf: ReturnType<typeof createEndpoints> },
): Webhooks {
  const limits = createWebhookLimits();
  return async (spec, { request, response }, own) => {
    const { address } = arrivalOf(request, app.runtime.network.now().trustsProxy);
    const seconds = await limits(spec.uid, address);
    if (seconds !== null)
      return answer(response, {
        ...ANSWERS.tooMany,
        headers: { "retry-after": String(seconds) },
      });
    if (Number(request.headers["content-length"] ?? 0) > WEBHOOK_BYTES)
      return answer(response, ANSWERS.large);
    const endpoint = await ways.endpointOf(spec);
    if (!endpoint || !spec.ingress) return answer(response, ANSWERS.down);
    const live = ways.passages.beginAnonymous(spec);
    response.once("close", () => live[Symbol.dispose]());
    // Its sender may have gone meanwhile.
    if (response.destroyed) return live[Symbol.dispose]();
    const { header } = spec.ingress;
    const passage = { request, admission: null, address, origin: own, header, endpoint };
    passRequest({ ...passage, clock: app.host }, response, live.signal);
  };
}
