import { DomainError, type Issue, type Reason } from "@claw/core/errors";
import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { z } from "zod";

/** Exhaustive by type: a new reason does not compile without a code. */
const CODE_OF = {
  INVALID_INPUT: "BAD_REQUEST",
  INSTANCE_NOT_FOUND: "NOT_FOUND",
  INSTANCE_EXISTS: "CONFLICT",
  INSTANCE_NOT_RUNNING: "PRECONDITION_FAILED",
  PORT_TAKEN: "CONFLICT",
  PORTS_EXHAUSTED: "CONFLICT",
  SUBNETS_EXHAUSTED: "CONFLICT",
  CONTAINER_CLASH: "CONFLICT",
  BUSY: "CONFLICT",
  REVISION_MISMATCH: "CONFLICT",
  CONFIG_INVALID: "BAD_REQUEST",
  CONFIG_NOT_TAKEN: "CONFLICT",
  CONFIG_MISSING: "NOT_FOUND",
  CONFIG_VERSION_NOT_FOUND: "NOT_FOUND",
  CONFIG_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  TOKEN_MISSING: "PRECONDITION_FAILED",
  TEMPLATE_INVALID: "PRECONDITION_FAILED",
  TEMPLATE_NOT_FOUND: "NOT_FOUND",
  TEMPLATE_EXISTS: "CONFLICT",
  TEMPLATE_IS_DEFAULT: "CONFLICT",
  IMAGE_MISSING: "PRECONDITION_FAILED",
  IMAGE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  ENGINE_UNREACHABLE: "SERVICE_UNAVAILABLE",
  ENGINE_SLOW: "TIMEOUT",
  ENGINE_FAILED: "INTERNAL_SERVER_ERROR",
  NOT_SUPPORTED: "PRECONDITION_FAILED",
  START_FAILED: "PRECONDITION_FAILED",
  STILL_STARTING: "PRECONDITION_FAILED",
  GATEWAY_REFUSES: "PRECONDITION_FAILED",
  GATEWAY_SILENT: "SERVICE_UNAVAILABLE",
  GATEWAY_FAILED: "BAD_GATEWAY",
  DEVICE_NOT_FOUND: "NOT_FOUND",
  COMMAND_FAILED: "PRECONDITION_FAILED",
  PROVIDER_UNREACHABLE: "PRECONDITION_FAILED",
  PROVIDER_REFUSED: "PRECONDITION_FAILED",
  PROVIDER_NOT_FOUND: "PRECONDITION_FAILED",
  PROVIDER_FAILED: "PRECONDITION_FAILED",
  DISK_FULL: "INTERNAL_SERVER_ERROR",
  FILES_DENIED: "INTERNAL_SERVER_ERROR",
  FOLDER_REPLACED: "PRECONDITION_FAILED",
  JOB_NOT_FOUND: "NOT_FOUND",
  JOB_FINISHED: "CONFLICT",
  NOT_BEGUN: "PRECONDITION_FAILED",
  NOTHING_TO_UNDO: "CONFLICT",
  CHANGED_SINCE: "CONFLICT",
  BACKUP_NOT_FOUND: "NOT_FOUND",
  SNAPSHOT_NOT_FOUND: "NOT_FOUND",
  ARCHIVE_INVALID: "BAD_REQUEST",
  ARCHIVE_LOCKED: "PRECONDITION_FAILED",
  TICKET_INVALID: "NOT_FOUND",
  SETUP_REQUIRED: "UNAUTHORIZED",
  SETUP_CODE_WRONG: "FORBIDDEN",
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  CREDENTIALS_WRONG: "UNAUTHORIZED",
  PASSWORD_REQUIRED: "UNAUTHORIZED",
  TOTP_REQUIRED: "UNAUTHORIZED",
  TOTP_WRONG: "UNAUTHORIZED",
  TOO_MANY_ATTEMPTS: "TOO_MANY_REQUESTS",
  TOO_MANY_STREAMS: "TOO_MANY_REQUESTS",
  PASSWORD_WEAK: "BAD_REQUEST",
  USER_EXISTS: "CONFLICT",
  USER_NOT_FOUND: "NOT_FOUND",
  LAST_ADMINISTRATOR: "CONFLICT",
  SESSION_NOT_FOUND: "NOT_FOUND",
  TOKEN_NOT_FOUND: "NOT_FOUND",
  LINK_INVALID: "NOT_FOUND",
  CANCELLED: "CLIENT_CLOSED_REQUEST",
  INTERRUPTED: "INTERNAL_SERVER_ERROR",
  INTERNAL: "INTERNAL_SERVER_ERROR",
} satisfies Record<Reason, TRPC_ERROR_CODE_KEY>;

/** Data sent to clients with code and message. */
export interface ErrorData {
  reason: Reason;
  issues: readonly Issue[];
  /** Only for TOO_MANY_ATTEMPTS. */
  retryAfterSeconds?: number;
}

/** The only conversion of thrown values into responses; keeps the cause for the log. */
export function toTRPCError(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError) {
    const { cause, code } = thrown;
    // tRPC wraps errors thrown by procedures and would expose their messages.
    return cause !== undefined && code === "INTERNAL_SERVER_ERROR" ? toTRPCError(cause) : thrown;
  }
  if (thrown instanceof DomainError)
    return new TRPCError({ code: CODE_OF[thrown.reason], message: thrown.message, cause: thrown });
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: "Something went wrong in the panel. Its log has the details.",
    cause: thrown,
  });
}

/** Reason and issues of a response. */
export function errorData(error: TRPCError): ErrorData {
  const { cause } = error;
  if (cause instanceof DomainError) {
    const { reason, issues = [], retryAfterSeconds } = cause;
    return { reason, issues, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  const invalid = invalidInput(error);
  if (invalid) return { reason: "INVALID_INPUT", issues: zodIssues(invalid) };
  if (error.code === "INTERNAL_SERVER_ERROR") return { reason: "INTERNAL", issues: [] };
  return { reason: "INVALID_INPUT", issues: [] };
}

/** The problems of an input; null for other errors, such as an answer that breaks its schema. */
function invalidInput({ code, cause }: TRPCError): z.ZodError | null {
  return code === "BAD_REQUEST" && cause instanceof z.ZodError ? cause : null;
}

/** The sentence of a response. */
export function errorMessage(error: TRPCError): string {
  const invalid = invalidInput(error);
  return invalid ? inputMessage(invalid) : error.message;
}

/** HTTP headers for clients that do not parse our bodies: how long to wait. */
export function answerMeta({ errors }: { errors: readonly TRPCError[] }): {
  headers: Record<string, string>;
} {
  const waits = errors.map((error) => errorData(error).retryAfterSeconds ?? 0);
  const longest = Math.max(0, ...waits);
  return { headers: longest > 0 ? { "retry-after": String(longest) } : {} };
}

/** One sentence for an invalid input, instead of zod's JSON. */
function inputMessage(error: z.ZodError): string {
  return zodIssues(error)
    .map(({ path, message }) =>
      path === "" || message.includes(" ") ? message : `${path}: ${message}`,
    )
    .slice(0, 3)
    .join(" ");
}

function zodIssues(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({
    line: 0,
    column: 0,
    path: issue.path.join("."),
    message: issue.message,
  }));
}
