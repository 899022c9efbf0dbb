import http from "node:http";
import type { Gateways, GatewayTarget } from "../gateway.ts";

/** Answers with 401 or 403 to whoever it does not know, at the cost of milliseconds. */
const PROOF_PATH = "/control-ui-config.json";
const ANSWER_WITHIN_MS = 5_000;
/**
 * The panel's own address for gateways: they accept no loopback address from a proxy. The network
 * is reserved for documentation, so that it is nobody's.
 */
const PANEL_ADDRESS = "192.0.2.1";

export function createHttpGateways(withinMs = ANSWER_WITHIN_MS): Gateways {
  return {
    async trust(target, as) {
      const status = await ask(target, { path: PROOF_PATH, as, withinMs });
      if (status === 200) return "trusted";
      return status === 401 || status === 403 ? "refused" : "silent";
    },
  };
}

function ask(
  { endpoint, header, origin }: GatewayTarget,
  { path, as, withinMs }: { path: string; as: string; withinMs: number },
): Promise<number | null> {
  const { protocol, host } = new URL(origin);
  return new Promise((resolve) => {
    const request = http.get(
      {
        ...endpoint,
        path,
        agent: false,
        signal: AbortSignal.timeout(withinMs),
        headers: {
          host,
          "x-forwarded-for": PANEL_ADDRESS,
          "x-forwarded-proto": protocol.slice(0, -1),
          "x-forwarded-host": host,
          [header]: as,
        },
      },
      (response) => {
        resolve(response.statusCode ?? null);
        response.destroy();
      },
    );
    request.on("error", () => resolve(null));
  });
}
