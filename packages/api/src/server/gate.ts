import { type InstanceSite, publicOrigin } from "@claw/core/instance-address";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Uses } from "../context.ts";
import { arrivalOf } from "./arrival.ts";
import { UPLOAD_PATH, UPLOAD_TYPE } from "./backup-routes.ts";
import { refuse } from "./error-answers.ts";
import { refusalText, whyForeign } from "./host-and-origin.ts";
import { improper } from "./proper-request.ts";
import { refusalPage } from "./refusal-page.ts";
import { securityHeaders } from "./security-headers.ts";

/** The first hook: rejects malformed requests and those from foreign pages. */
export function gate({ runtime }: Uses<"addresses" | "network">) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    const network = runtime.network.now();
    const { host, scheme } = arrivalOf(request.raw, network.trustsProxy);
    // Without the import of the panel's own authority a browser could never come back.
    const isHttpsForGood = !network.ownAuthority && (network.tls || scheme === "https");
    const wrong = improper(request.raw, host);
    const why =
      wrong === null ? whyForeign({ ...request.headers, host }, { ...network, scheme }) : null;
    const isOwn = wrong === null && why === null;
    const submitsTo = isOwn ? openedOrigin(request.url, runtime.addresses.site()) : null;
    reply.headers(
      securityHeaders({
        host: isOwn ? host : undefined,
        asks: isOwn ? probeOrigins(runtime) : [],
        isHttpsForGood,
        submitsTo,
      }),
    );
    if (wrong !== null)
      return refuse(reply, { code: "BAD_REQUEST", httpStatus: 400, message: wrong });
    if (why !== null) {
      if (isForReading(request))
        return reply.code(403).type("text/html; charset=utf-8").send(refusalPage(why));
      return refuse(reply, { code: "FORBIDDEN", httpStatus: 403, message: refusalText(why) });
    }
    return refuseOtherTypes(request, reply);
  };
}

/** The page Network asks there whether names of instances lead here. */
function probeOrigins({ addresses }: Uses<"addresses">["runtime"]): string[] {
  const at = addresses.probe();
  return at === null ? [] : [at.origin, ...(at.plainOrigin === null ? [] : [at.plainOrigin])];
}

/**
 * The origin of the instance that a page of the panel opens, from its address alone: whether there
 * is such an instance is nothing for somebody without a log-in.
 */
function openedOrigin(url: string, site: InstanceSite | null): string | null {
  const label = /^\/open\/[a-z0-9-]{1,40}\/([a-z0-9-]{1,63})(?:\?|$)/.exec(url)?.[1];
  return site && label !== undefined ? publicOrigin(label, site) : null;
}

/** True for a page that a browser opens in a tab; programs and scripts get JSON. */
export function isForReading({ method, headers }: FastifyRequest): boolean {
  return method === "GET" && (headers.accept ?? "").includes("text/html");
}

/** A form on another site can send neither type. */
function refuseOtherTypes(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const isUpload = request.routeOptions.url === UPLOAD_PATH;
  const takes = isUpload ? UPLOAD_TYPE : "application/json";
  // A call without input has neither body nor content type.
  const type = request.headers["content-type"] ?? (isUpload ? "" : takes);
  if (request.method !== "POST" || type.startsWith(takes)) return undefined;
  const message = `Send ${isUpload ? "the file" : "JSON"}, as ${takes}.`;
  return refuse(reply, { code: "UNSUPPORTED_MEDIA_TYPE", httpStatus: 415, message });
}
