import { once } from "node:events";
import type http from "node:http";
import { errorCode } from "@claw/core/errors";
import { bracketed } from "@claw/core/naming";
import type { FastifyInstance } from "fastify";
import type { Uses } from "../../context.ts";
import { LOOPBACK_PAIR } from "../../network-config.ts";
import { FRONT, type Front } from "./front.ts";

/** The other loopback address, for hosts where the panel serves both; null otherwise. */
function otherOf(host: string): string | null {
  if (!LOOPBACK_PAIR.has(host)) return null;
  return host === "::1" ? "127.0.0.1" : "::1";
}

/**
 * Listens where the configuration says; for names below `localhost` on both loopback addresses:
 * browsers may try either first, and would hand another program there what is meant for an
 * instance. Throws when another program listens there.
 */
export async function listen(
  server: FastifyInstance<http.Server>,
  { config, host: machine, runtime }: Uses<"addresses" | "config" | "host" | "network">,
): Promise<void> {
  const { host } = runtime.network.now();
  await server.listen({ host: host === "localhost" ? "127.0.0.1" : host, port: config.port });
  const other = otherOf(host);
  if (other === null) return;
  const port = runtime.addresses.port();
  const beside = server.getDecorator<Front>(FRONT).another();
  try {
    beside.listen({ host: other, port, ipv6Only: true });
    await once(beside, "listening");
  } catch (error) {
    const code = errorCode(error);
    // A machine without IPv6: nobody else can have the address either.
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return;
    if (code !== "EADDRINUSE") throw error;
    const who = (await machine.listenerAt(other, port)) ?? "Another program";
    throw new Error(
      `${who} listens at ${bracketed(other)}:${port}, where browsers may look for the panel's instances first. End it, or set CLAW_PORT to another port.`,
      { cause: error },
    );
  }
}
