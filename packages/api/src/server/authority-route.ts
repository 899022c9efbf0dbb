import type { FastifyInstance } from "fastify";
import type { Uses } from "../context.ts";
import { AUTHORITY_PATH } from "../services/system/network-status.ts";

/**
 * The certificate of the panel's own authority, for everybody: before an import, its fingerprint is
 * compared with the administrator's.
 */
export function serveAuthority(server: FastifyInstance, { runtime }: Uses<"certificates">): void {
  server.get(AUTHORITY_PATH, async (_request, reply) => {
    const authority = runtime.certificates?.authority();
    if (!authority)
      return reply
        .code(404)
        .type("text/plain")
        .send("This panel has no certificate authority of its own.\n");
    return reply
      .type("application/x-x509-ca-cert")
      .header("content-disposition", `attachment; filename="claw-ca.crt"`)
      .header("cache-control", "no-store")
      .send(authority.pem);
  });
}
