import { DomainError, type Reason } from "@claw/core/errors";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { FastifyReply } from "fastify";
import type { Log } from "../log.ts";
import { answerMeta, errorData, toTRPCError } from "../trpc/errors.ts";

interface Refusal {
  code: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  message: string;
  reason?: Reason;
  retryAfterSeconds?: number;
}

/** Sends an error in the shape that tRPC clients read. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, httpStatus, message, retryAfterSeconds } = refusal;
  const reason = refusal.reason ?? (httpStatus >= 500 ? "INTERNAL" : "INVALID_INPUT");
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const data = { code, httpStatus, reason, issues: [], ...wait };
  const error = { message, code: TRPC_ERROR_CODES_BY_KEY[code], data };
  // The route may have set headers for the response it meant to send.
  for (const name of ["content-length", "content-disposition"]) reply.removeHeader(name);
  return reply.code(httpStatus).type("application/json; charset=utf-8").send({ error });
}

/** Turns errors thrown by routes or by Fastify into responses. */
export function answerErrors(options: { log: Log; bodyLimit: number }) {
  return (
    error: { statusCode?: number; message: string },
    _request: unknown,
    reply: FastifyReply,
  ) => {
    if (error instanceof DomainError) return refuseDomain(reply, error, options.log);
    const httpStatus = error.statusCode ?? 500;
    if (httpStatus >= 500) {
      options.log.error({ err: error }, "a request failed");
      const message = "Something went wrong in the panel. Its log has the details.";
      return refuse(reply, { code: "INTERNAL_SERVER_ERROR", httpStatus, message });
    }
    if (httpStatus === 413)
      return refuse(reply, {
        code: "PAYLOAD_TOO_LARGE",
        httpStatus,
        message: `What was sent is larger than ${options.bodyLimit} bytes.`,
      });
    return refuse(reply, { code: "BAD_REQUEST", httpStatus, message: error.message });
  };
}

function refuseDomain(reply: FastifyReply, thrown: DomainError, log: Log): FastifyReply {
  const error = toTRPCError(thrown);
  const httpStatus = getHTTPStatusCodeFromError(error);
  if (httpStatus >= 500) log.error({ err: thrown }, "a request failed");
  const { issues: _, ...data } = errorData(error);
  reply.headers(answerMeta({ errors: [error] }).headers);
  return refuse(reply, { code: error.code, httpStatus, message: thrown.message, ...data });
}
