import { z } from "zod";
import type { Gateways, GatewayTarget } from "../gateway.ts";
import { deviceNotFound, suspendedByOthers } from "../gateway-errors.ts";
import { ask } from "./ask.ts";
import { ChannelsAnswer } from "./channels-answer.ts";
import { PairingAnswer } from "./pairing-answer.ts";
import { type Call, rpc } from "./rpc.ts";
import { shown } from "./shown.ts";

/** Answers with 401 or 403 to whoever it does not know, at the cost of milliseconds. */
const PROOF_PATH = "/control-ui-config.json";
const PROOF_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 2_000;
/** A busy machine needs some seconds, and a person would read silence as a fault. */
const PERSON_WITHIN_MS = 10_000;

const LoadAnswer = z.object({
  eventLoop: z.object({ degraded: z.boolean(), delayP99Ms: z.number() }),
});
const SuspendAnswer = z.object({
  status: z.enum(["ready", "draining", "busy"]),
  suspensionId: z.string().optional(),
  blockers: z
    .array(z.object({ kind: z.string().transform(shown), count: z.number() }))
    .max(20)
    .default([]),
});

/** Gateways of OpenClaw, asked through the plugin `admin-http-rpc`. */
export function createHttpGateways({
  proofWithinMs = PROOF_WITHIN_MS,
  answerWithinMs = ANSWER_WITHIN_MS,
  personWithinMs = PERSON_WITHIN_MS,
} = {}): Gateways {
  const call = <Payload extends z.ZodType>(target: GatewayTarget, what: Call<Payload>) =>
    rpc(target, what, answerWithinMs);
  const decide = async (target: GatewayTarget, method: string, params: object) => {
    const what = { method, params, payload: z.unknown(), meaning: unknownDevice };
    await rpc(target, what, personWithinMs);
  };

  return {
    async trust(target, as) {
      const answer = await ask(target, { path: PROOF_PATH, as, withinMs: proofWithinMs });
      answer?.destroy();
      const status = answer?.statusCode;
      if (status === 200) return "trusted";
      return status === 401 || status === 403 ? "refused" : "silent";
    },

    pairing: (target) =>
      rpc(
        target,
        { method: "device.pair.list", params: {}, payload: PairingAnswer },
        personWithinMs,
      ),

    approve: (target, requestId) => decide(target, "device.pair.approve", { requestId }),

    reject: (target, requestId) => decide(target, "device.pair.reject", { requestId }),

    removeDevice: (target, deviceId) => decide(target, "device.pair.remove", { deviceId }),

    channels: (target) =>
      rpc(
        target,
        { method: "channels.status", params: {}, payload: ChannelsAnswer },
        personWithinMs,
      ),

    async load(target) {
      const { eventLoop } = await call(target, {
        method: "channels.status",
        params: {},
        payload: LoadAnswer,
      });
      return { isBusy: eventLoop.degraded, delayP99Ms: eventLoop.delayP99Ms };
    },

    async suspend(target, requestId) {
      const { suspensionId, blockers } = await call(target, {
        method: "gateway.suspend.prepare",
        params: { requestId, terminalPolicy: "terminate", drain: true },
        payload: SuspendAnswer,
        meaning: (message) =>
          /^another gateway suspension/.test(message) ? suspendedByOthers(target) : null,
      });
      return { id: suspensionId ?? null, blockers };
    },

    async resume(target, suspensionId) {
      await call(target, {
        method: "gateway.suspend.resume",
        params: { suspensionId },
        payload: z.unknown(),
      });
    },
  };
}

/** The gateway's words for an id that it does not know (OpenClaw 2026.9.6). */
function unknownDevice(message: string) {
  return /^unknown (?:requestId|deviceId)$/.test(message) ? deviceNotFound() : null;
}
