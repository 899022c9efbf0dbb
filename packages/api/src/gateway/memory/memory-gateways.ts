import type { DomainError } from "@claw/core/errors";
import type { Pairing } from "@claw/core/pairing";
import type { Gateways, GatewayTarget } from "../gateway.ts";
import {
  controlPlaneOff,
  deviceNotFound,
  gatewayFailed,
  gatewayRefuses,
  gatewaySilent,
  suspendedByOthers,
} from "../gateway-errors.ts";
import { MemoryGateway } from "./memory-gateway.ts";

/** Gateways that exist only in this process, one for each identity header. */
interface MemoryGateways extends Gateways {
  of(target: Pick<GatewayTarget, "header">): MemoryGateway;
}

export function createMemoryGateways(): MemoryGateways {
  const gateways = new Map<string, MemoryGateway>();

  function of({ header }: Pick<GatewayTarget, "header">): MemoryGateway {
    const gateway = gateways.get(header) ?? new MemoryGateway();
    gateways.set(header, gateway);
    return gateway;
  }

  /** The gateway if it answers, also while it is suspended. */
  function answering(target: GatewayTarget): MemoryGateway {
    const gateway = of(target);
    const refusal = REFUSALS[gateway.mood];
    if (refusal) throw refusal(target);
    return gateway;
  }

  /** The gateway, unless it is suspended. */
  function working(target: GatewayTarget): MemoryGateway {
    const gateway = answering(target);
    if (gateway.suspension) throw gatewaySilent(target);
    return gateway;
  }

  return {
    of,

    async trust(target) {
      const { mood } = of(target);
      if (mood === "refusing") return "refused";
      return mood === "silent" || mood === "broken" ? "silent" : "trusted";
    },

    async pairing(target): Promise<Pairing> {
      const { pending, paired } = working(target);
      return structuredClone({ pending, paired });
    },

    async approve(target, requestId) {
      if (!working(target).letIn(requestId)) throw deviceNotFound();
    },

    async reject(target, requestId) {
      if (!working(target).forgetRequest(requestId)) throw deviceNotFound();
    },

    async removeDevice(target, deviceId) {
      if (!working(target).forgetDevice(deviceId)) throw deviceNotFound();
    },

    async channels(target) {
      return structuredClone(working(target).channels);
    },

    async load(target) {
      return { ...working(target).load };
    },

    async suspend(target, requestId) {
      const id = answering(target).suspend(requestId);
      if (id === null) throw suspendedByOthers(target);
      return { id, blockers: structuredClone(of(target).work) };
    },

    async resume(target, suspensionId) {
      answering(target).resume(suspensionId);
    },
  };
}

const REFUSALS: Record<
  MemoryGateway["mood"],
  ((target: GatewayTarget) => DomainError) | undefined
> = {
  open: undefined,
  silent: gatewaySilent,
  refusing: gatewayRefuses,
  off: controlPlaneOff,
  broken: (target) => gatewayFailed(target, "it answered with status 500"),
};
