import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import type { AppContext, Uses } from "../../context.ts";
import { type Admission, admitToInstance } from "../../services/opening/admit-to-instance.ts";
import { ENTER_PATH } from "../../services/opening/enter-instance.ts";
import { arrivalOf } from "../arrival.ts";
import type { Connections } from "../connections.ts";
import { improper } from "../proper-request.ts";
import { ANSWERS, answer, misdirected, type OwnAnswer, refuseUpgrade } from "./answers.ts";
import { createEndpoints } from "./endpoints.ts";
import { enter, isLocalSite } from "./enter.ts";
import { isForged } from "./forgery.ts";
import { createLivePassages, type LivePassage } from "./live-passages.ts";
import { passRequest } from "./pass-request.ts";
import { passUpgrade } from "./pass-upgrade.ts";
import { readSessionCookie } from "./session-cookie.ts";
import type { Passage } from "./upstream.ts";
import { createWebhooks, isWebhook } from "./webhooks.ts";

/** The decision about a request: its passage to the container, or an answer of the ingress. */
type Verdict = { passage: Passage; live: LivePassage } | OwnAnswer;

/** The only way from a browser or a channel to an instance. Reads headers, never bodies or frames. */
export interface Ingress extends AsyncDisposable {
  request(spec: InstanceSpec | null, request: IncomingMessage, response: ServerResponse): void;
  upgrade(spec: InstanceSpec | null, request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function createIngress(app: AppContext, connections: Connections): Ingress {
  const passages = createLivePassages(app);
  const endpointOf = createEndpoints(app.engine, app.runtime.live);
  const passWebhook = createWebhooks(app, { passages, endpointOf });
  const arrived = (request: IncomingMessage) =>
    arrivalOf(request, app.runtime.network.now().trustsProxy);

  /** `own`: the public origin of the instance. */
  async function judge(
    spec: InstanceSpec,
    request: IncomingMessage,
    own: string,
  ): Promise<Verdict> {
    const barred = whyBarred(request);
    if (barred !== null) return barred;
    const admission = await admissionOf(spec, request);
    if (!admission) return "unauthenticated";
    const handshake = handshakeOf(request);
    if (handshake !== null) app.runtime.blockedSockets.note(spec.uid, handshake === "lost");
    if (handshake === "lost") return "noUpgrade";
    connections.introduce(request.socket, admission.viewer.user.id);
    const endpoint = await endpointOf(spec);
    if (!endpoint || !spec.ingress) return "down";
    const { address } = arrived(request);
    const { header } = spec.ingress;
    const clock = app.host;
    const passage = { request, admission, address, origin: own, header, endpoint, clock };
    try {
      const { viewer, until } = admission;
      return { passage, live: passages.begin(viewer, spec, until) };
    } catch (error) {
      if (hasReason(error, "TOO_MANY_STREAMS")) return "crowded";
      throw error;
    }
  }

  async function admissionOf(
    spec: InstanceSpec,
    { headers }: IncomingMessage,
  ): Promise<Admission | null> {
    const sealed = readSessionCookie(headers.cookie, spec.label, {
      isLocal: isLocalSite(app),
    });
    return sealed === null ? null : admitToInstance(app, spec, sealed);
  }

  /** Null: the request is encrypted as its address asks. A proxy that does not say so has TLS. */
  function unencrypted(request: IncomingMessage, own: string) {
    const { scheme } = arrived(request);
    if (!own.startsWith("https:") || scheme === "https") return null;
    if (scheme === "http") return "plainByProxy";
    return app.runtime.network.now().publicPort === null ? "unencrypted" : null;
  }

  async function handle(
    spec: InstanceSpec,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const own = originOf(app, spec);
    if (own === null) return answer(response, whyUnknown(app, request));
    if (isImproper(request)) return answer(response, ANSWERS.improper);
    const plain = unencrypted(request, own);
    if (plain === "unencrypted") return answerUnencrypted(response, own);
    if (plain) return answer(response, ANSWERS[plain]);
    if (request.url?.split("?")[0] === ENTER_PATH) return enter(app, spec, { request, response });
    if (isWebhook(spec, request) && whyBarred(request) === null)
      return passWebhook(spec, { request, response }, own);
    if (isForged(request, own)) return answer(response, ANSWERS.forged);
    const verdict = await judge(spec, request, own);
    if (verdict === "unauthenticated" && isForReading(request))
      return answer(response, { ...ANSWERS[verdict], ...toPanel(app, spec, request) });
    if (typeof verdict === "string") return answer(response, ANSWERS[verdict]);
    response.once("close", () => verdict.live[Symbol.dispose]());
    // Its sender may have gone meanwhile.
    if (response.destroyed) return verdict.live[Symbol.dispose]();
    passRequest(verdict.passage, response, verdict.live.signal);
  }

  async function handleUpgrade(
    spec: InstanceSpec,
    request: IncomingMessage,
    { socket, head }: { socket: Duplex; head: Buffer },
  ): Promise<void> {
    const own = originOf(app, spec);
    const refuse = (kind: OwnAnswer) => refuseUpgrade(socket, kind);
    if (own === null) return refuse("unknown");
    const isWebSocket = request.headers.upgrade?.toLowerCase() === "websocket";
    if (isImproper(request) || request.method !== "GET" || !isWebSocket) return refuse("improper");
    const plain = unencrypted(request, own);
    if (plain) return refuse(plain);
    // Browsers always say which page opens a WebSocket, and nothing else stops a foreign one.
    if (request.headers.origin !== own) return refuse("forged");
    const verdict = await judge(spec, request, own);
    if (typeof verdict === "string") return refuse(verdict);
    socket.once("close", () => verdict.live[Symbol.dispose]());
    if (socket.destroyed) return verdict.live[Symbol.dispose]();
    passUpgrade(verdict.passage, { socket, head }, verdict.live.signal);
  }

  return {
    request(spec, request, response) {
      if (spec === null) return answer(response, whyUnknown(app, request));
      handle(spec, request, response).catch((error: unknown) => {
        app.log.error({ err: error }, `passing a request to ${spec.id}: ${messageOf(error)}`);
        if (response.headersSent) response.destroy();
        else answer(response, ANSWERS.down);
      });
    },

    upgrade(spec, request, socket, head) {
      // A client that resets the connection is no error of the panel.
      socket.on("error", () => socket.destroy());
      if (spec === null) return refuseUpgrade(socket, "unknown");
      handleUpgrade(spec, request, { socket, head }).catch((error: unknown) => {
        app.log.error({ err: error }, `passing a WebSocket to ${spec.id}: ${messageOf(error)}`);
        socket.destroy();
      });
    },

    [Symbol.asyncDispose]: () => passages[Symbol.asyncDispose](),
  };
}

function originOf({ runtime }: Uses<"addresses">, spec: InstanceSpec): string | null {
  const site = runtime.addresses.site();
  return site && spec.ingress ? publicOrigin(spec.label, site) : null;
}

function whyUnknown({ runtime }: Uses<"addresses" | "network">, request: IncomingMessage) {
  const site = runtime.addresses.site();
  const { host = "" } = arrivalOf(request, runtime.network.now().trustsProxy);
  return site ? misdirected(host, publicOrigin("<id>-<random>", site)) : ANSWERS.unknown;
}

/**
 * Proxies drop what concerns one connection alone, and let the rest of a handshake through. Null:
 * the request is none; no page can set these headers.
 */
function handshakeOf({ headers }: IncomingMessage): "whole" | "lost" | null {
  if (headers["sec-websocket-key"] === undefined) return null;
  return headers.upgrade === undefined ? "lost" : "whole";
}

/** A typed address leads to the right one; nothing else of the request is taken. */
function answerUnencrypted(response: ServerResponse, own: string): void {
  const { req } = response;
  const moved = { status: 307, headers: { location: `${own}${req.url}` } };
  answer(response, { ...ANSWERS.unencrypted, ...(isForReading(req) ? moved : {}) });
}

/** What nobody may ask of an instance, with or without a session. */
function whyBarred({ headers, url = "" }: IncomingMessage): OwnAnswer | null {
  if (headers["service-worker"] !== undefined) return "noWorkers";
  return isForControl(url) ? "notForBrowsers" : null;
}

function isImproper(request: IncomingMessage): boolean {
  return improper(request, request.headers.host) !== null || !request.url?.startsWith("/");
}

/** The gateway's control plane, which only the panel itself calls; however the path is written. */
function isForControl(url: string): boolean {
  let path = url.split(/[?#]/)[0] ?? "";
  for (let before = ""; before !== path; ) {
    before = path;
    path = path.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  }
  const plain = new URL(
    path.replaceAll("\\", "/").replace(/\/+/g, "/").replace(/[?#]/g, ""),
    "http://x",
  );
  return /^\/api\/v1\/admin(?:\/|$)/i.test(plain.pathname);
}

function isForReading({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && (headers.accept ?? "").includes("text/html");
}

/** A bookmark leads to the panel, through its log-in and back. */
function toPanel({ runtime }: Uses<"addresses">, spec: InstanceSpec, { url }: IncomingMessage) {
  const place = url === "/" ? "" : `#to=${encodeURIComponent(url ?? "/")}`;
  const location = `${runtime.addresses.panel()}/open/${spec.id}/${spec.label}${place}`;
  return { status: 303, headers: { location } };
}
