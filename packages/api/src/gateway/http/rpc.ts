import type { DomainError } from "@claw/core/errors";
import { z } from "zod";
import type { GatewayTarget } from "../gateway.ts";
import {
  controlPlaneOff,
  gatewayFailed,
  gatewayRefuses,
  gatewaySilent,
} from "../gateway-errors.ts";
import { ask, readText } from "./ask.ts";
import { shown } from "./shown.ts";

/** Of the plugin `admin-http-rpc`; the ingress refuses it to browsers. */
const PATH = "/api/v1/admin/rpc";
/** Some thousands of devices. */
const LIMIT_BYTES = 4 * 1024 * 1024;

const Failure = z.object({ code: z.string().default(""), message: z.string() });
type Failure = z.output<typeof Failure>;
const Answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), payload: z.unknown() }),
  z.object({ ok: z.literal(false), error: Failure }),
]);

/** A method of the gateway's control plane, and the part of its answer that the panel reads. */
export interface Call<Payload extends z.ZodType> {
  method: string;
  params: object;
  payload: Payload;
  /** The error that stands for a failure of this method. Null: none in particular. */
  meaning?: (message: string) => DomainError | null;
}

/** Calls the control plane of a gateway. Rejects as `Gateways` says. */
export async function rpc<Payload extends z.ZodType>(
  target: GatewayTarget,
  { method, params, payload, meaning }: Call<Payload>,
  withinMs: number,
): Promise<z.output<Payload>> {
  const body = JSON.stringify({ method, params });
  const response = await ask(target, { path: PATH, as: "panel", withinMs, body });
  if (!response) throw gatewaySilent(target);
  const read = await readText(response, LIMIT_BYTES);
  if (read === "silent") throw gatewaySilent(target);
  if (read === "long") throw gatewayFailed(target, "its answer is longer than 4 MiB");
  const answer = Answer.safeParse(parsed(read.text));
  if (!answer.success) throw notByControlPlane(target, response.statusCode ?? 0);
  if (!answer.data.ok) {
    const { error } = answer.data;
    throw meaning?.(error.message) ?? failureOf(target, method, error);
  }
  const found = payload.safeParse(answer.data.payload);
  if (found.success) return found.data;
  throw gatewayFailed(target, `this panel does not know the form of its answer to ${method}`);
}

/** The gateway's own check of who asks, or its web server, has answered. */
function notByControlPlane(target: GatewayTarget, status: number): DomainError {
  if (status === 401 || status === 403) return gatewayRefuses(target);
  if (status === 404) return controlPlaneOff(target);
  if (status === 503) return gatewaySilent(target);
  return gatewayFailed(target, `it answered with status ${status}`);
}

function failureOf(target: GatewayTarget, method: string, { code, message }: Failure): DomainError {
  if (code === "UNAVAILABLE") return gatewaySilent(target);
  return gatewayFailed(target, `${method}: ${shown(message)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
