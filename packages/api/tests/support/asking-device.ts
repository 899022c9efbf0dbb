import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";
import type { GatewayTarget } from "../../src/gateway/gateway.ts";

const Frame = z.object({
  type: z.string(),
  event: z.string().optional(),
  ok: z.boolean().optional(),
  payload: z.object({ nonce: z.string().optional() }).loose().nullish(),
  error: z.object({ message: z.string() }).loose().optional(),
});

/** A machine with a key of its own that wants to lend itself to an agent (OpenClaw's role `node`). */
export function newDevice() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const id = createHash("sha256").update(raw).digest("hex");
  return { id, publicKey: raw.toString("base64url"), privateKey };
}
type Device = ReturnType<typeof newDevice>;

/**
 * Connects as the device does, by the way that the panel has, and answers what the gateway said:
 * `connected`, or its refusal.
 */
export async function connect(device: Device, target: GatewayTarget): Promise<string> {
  const { endpoint, header, origin } = target;
  const { host } = new URL(origin);
  const socket = new WebSocket(`ws://${endpoint.host}:${endpoint.port}/`, {
    headers: {
      host,
      "x-forwarded-for": "192.0.2.9",
      "x-forwarded-proto": "http",
      "x-forwarded-host": host,
      [header]: "owner",
    },
  });
  try {
    for (;;) {
      const [data] = await once(socket, "message", { signal: AbortSignal.timeout(20_000) });
      const frame = Frame.parse(JSON.parse(String(data)));
      if (frame.event === "connect.challenge")
        socket.send(JSON.stringify(request(device, frame.payload?.nonce ?? "")));
      else if (frame.type === "res") return frame.ok ? "connected" : (frame.error?.message ?? "");
    }
  } finally {
    socket.terminate();
  }
}

function request({ id, publicKey, privateKey }: Device, nonce: string) {
  const client = { id: "node-host", mode: "node", version: "1.0.0", platform: "linux" };
  const signedAt = Date.now();
  const text = ["v3", id, client.id, client.mode, "node", "", signedAt, "", nonce, "linux", ""];
  const signature = sign(null, Buffer.from(text.join("|")), privateKey).toString("base64url");
  return {
    type: "req",
    id: "1",
    method: "connect",
    params: {
      ...{ minProtocol: 4, maxProtocol: 4, role: "node", scopes: [], caps: [], commands: [] },
      client: { ...client, displayName: "Test machine" },
      device: { id, publicKey, signature, signedAt, nonce },
    },
  };
}
