import http, { type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { type InstanceSite, labelOfHost } from "@claw/core/instance-address";
import type { FastifyServerFactory } from "fastify";
import type { Uses } from "../../context.ts";
import { arrivalOf } from "../arrival.ts";
import type { Ingress } from "../ingress/ingress.ts";
import { answerUnreadable } from "../unreadable-requests.ts";
import { createProbeAnswers } from "./answer-probe.ts";

/**
 * Tells the panel from the instances by the exact Host, before Fastify and before any WebSocket
 * library. Names below the instances' domain that are of none are refused here; the panel's own
 * gate refuses every other foreign name.
 */
export interface Front {
  /** Wraps the factory of each server that Fastify listens with. */
  factory(make: FastifyServerFactory<http.Server>): FastifyServerFactory<http.Server>;
  /** A server like the one that Fastify listens with; `close` closes it. */
  another(): http.Server;
  close(): void;
  /** Emits the upgrades that are for the panel; it never listens. */
  readonly panelUpgrades: http.Server;
}

/** Key of the front in Fastify's decorators. */
export const FRONT = "front";

export function createFront(
  app: Uses<"addresses" | "live" | "network" | "probes">,
  ingress: Ingress,
): Front {
  const { runtime } = app;
  const panelUpgrades = http.createServer();
  const probes = createProbeAnswers(app);

  /** Null: the request is for the panel. */
  function guestOf(request: http.IncomingMessage) {
    const site = runtime.addresses.site();
    if (!site) return null;
    const { trustsProxy, publicNames } = runtime.network.now();
    const { host } = arrivalOf(request, trustsProxy);
    const named = labelIn(host, site, publicNames);
    if (named === null) return null;
    return {
      spec: named === "unknown" ? null : (runtime.live.board.findByLabel(named.label) ?? null),
    };
  }

  const upgrade = (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    if (probes.accept(request, socket)) return;
    const guest = guestOf(request);
    if (guest) ingress.upgrade(guest.spec, request, socket, head);
    else panelUpgrades.emit("upgrade", request, socket, head);
  };

  const beside: http.Server[] = [];
  let another: Front["another"] = () => {
    throw new Error("Fastify has not made a server yet");
  };

  return {
    panelUpgrades,
    another() {
      const server = another().on("clientError", answerUnreadable);
      beside.push(server);
      return server;
    },
    close() {
      for (const server of beside) {
        server.closeAllConnections();
        server.close();
      }
    },
    factory: (make) => (panel, options) => {
      const serve: RequestListener = (request, response) => {
        if (probes.answer(request, response)) return;
        const guest = guestOf(request);
        if (guest) ingress.request(guest.spec, request, response);
        else panel(request, response);
      };
      another = () => make(serve, options).on("upgrade", upgrade);
      const server = another();
      server.once("listening", () => {
        const address = server.address();
        if (address !== null && typeof address === "object")
          runtime.addresses.listensOn(address.port);
      });
      return server;
    },
  };
}

/** The panel may have a name below the domain of its instances. */
function labelIn(host: string | undefined, site: InstanceSite, panelNames: readonly string[]) {
  const name = (host ?? "").toLowerCase().replace(/:\d*$/, "");
  return panelNames.includes(name) ? null : labelOfHost(host, site);
}
