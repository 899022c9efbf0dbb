import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { negotiate } from "@fastify/accept-negotiator";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../context.ts";
import { admit } from "../services/access/admit.ts";
import { refuse } from "./error-answers.ts";
import { bearerOf, originOf } from "./request-context.ts";

/** Before the hash that `instances.prepareChecks` tells. */
const SCHEMA_PATH = "/schemas/";
const YEAR_SECONDS = 31_536_000;

/** OpenClaw's schema has 1 MB. These settings cost a tenth of the best ones, for a few kilobytes. */
const ENCODERS = {
  br: (text: string) =>
    promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (text: string) => promisify(gzip)(text),
};

/**
 * `GET /schemas/<hash>`: the schema of an image's configuration, for whoever has logged in: what it
 * says is the same for everybody. A browser asks for each once. Browsers accept brotli from HTTPS and
 * this machine only.
 */
export function serveSchemas(server: FastifyInstance, app: AppContext): void {
  server.get<{ Params: { key: string } }>(`${SCHEMA_PATH}:key`, (request, reply) =>
    send(app, request, reply),
  );
}

async function send(
  app: AppContext,
  request: FastifyRequest<{ Params: { key: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await admit(app, {
    action: "instances.readSchema",
    access: { who: "member", does: "read" },
    bearer: bearerOf(request.headers.authorization),
    origin: originOf(request.raw, app.runtime.network.now().trustsProxy),
    input: async () => undefined,
  });
  const text = await app.runtime.schemas.find(request.params.key);
  if (text === null) {
    const message = "The panel has no such schema. Ask instances.prepareChecks for that of today.";
    return refuse(reply, { code: "NOT_FOUND", httpStatus: 404, message });
  }
  reply.type("application/json; charset=utf-8").headers({
    "cache-control": `private, max-age=${YEAR_SECONDS}, immutable`,
    vary: "accept-encoding",
  });
  const encoding = negotiate(request.headers["accept-encoding"] ?? "", ["br", "gzip"]);
  if (encoding === null) return reply.send(text);
  return reply.header("content-encoding", encoding).send(await ENCODERS[encoding](text));
}
