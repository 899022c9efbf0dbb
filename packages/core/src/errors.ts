/**
 * Every way in which the panel refuses or fails, as a closed union. The transport maps each reason
 * to its own code; the web page maps each to a sentence in the reader's language.
 */
export const REASONS = [
  "INVALID_INPUT",
  "INSTANCE_NOT_FOUND",
  "INSTANCE_EXISTS",
  "INSTANCE_NOT_RUNNING",
  "PORT_TAKEN",
  "PORTS_EXHAUSTED",
  "SUBNETS_EXHAUSTED",
  "CONTAINER_CLASH",
  "BUSY",
  "REVISION_MISMATCH",
  "CONFIG_INVALID",
  "CONFIG_NOT_TAKEN",
  "CONFIG_MISSING",
  "CONFIG_TOO_LARGE",
  "CONFIG_VERSION_NOT_FOUND",
  "TOKEN_MISSING",
  "TEMPLATE_INVALID",
  "TEMPLATE_NOT_FOUND",
  "TEMPLATE_EXISTS",
  "TEMPLATE_IS_DEFAULT",
  "IMAGE_MISSING",
  "IMAGE_UNAVAILABLE",
  "ENGINE_UNREACHABLE",
  "ENGINE_SLOW",
  "ENGINE_FAILED",
  "NOT_SUPPORTED",
  "START_FAILED",
  "STILL_STARTING",
  "GATEWAY_REFUSES",
  "GATEWAY_SILENT",
  "GATEWAY_FAILED",
  "DEVICE_NOT_FOUND",
  "COMMAND_FAILED",
  "PROVIDER_UNREACHABLE",
  "PROVIDER_REFUSED",
  "PROVIDER_NOT_FOUND",
  "PROVIDER_FAILED",
  "DISK_FULL",
  "FILES_DENIED",
  "FOLDER_REPLACED",
  "JOB_NOT_FOUND",
  "JOB_FINISHED",
  "NOT_BEGUN",
  "NOTHING_TO_UNDO",
  "CHANGED_SINCE",
  "BACKUP_NOT_FOUND",
  "SNAPSHOT_NOT_FOUND",
  "ARCHIVE_INVALID",
  "ARCHIVE_LOCKED",
  "TICKET_INVALID",
  "SETUP_REQUIRED",
  "SETUP_CODE_WRONG",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "CREDENTIALS_WRONG",
  "PASSWORD_REQUIRED",
  "TOTP_REQUIRED",
  "TOTP_WRONG",
  "TOO_MANY_ATTEMPTS",
  "TOO_MANY_STREAMS",
  "PASSWORD_WEAK",
  "USER_EXISTS",
  "USER_NOT_FOUND",
  "LAST_ADMINISTRATOR",
  "SESSION_NOT_FOUND",
  "TOKEN_NOT_FOUND",
  "LINK_INVALID",
  "CANCELLED",
  "INTERRUPTED",
  "INTERNAL",
] as const;

export type Reason = (typeof REASONS)[number];

/** Reasons that older panels recorded under another name. */
const RENAMED = new Map<string, Reason>([
  ["TOO_MANY_TRIES", "TOO_MANY_ATTEMPTS"],
  ["SAFETY_COPY_NOT_FOUND", "SNAPSHOT_NOT_FOUND"],
]);

/** The reason in a record, which another version may have written; INTERNAL when unknown. */
export function recordedReason(text: string): Reason {
  return REASONS.find((reason) => reason === text) ?? RENAMED.get(text) ?? "INTERNAL";
}

/** One faulty place in a text. `line` and `column` count from 1. */
export interface Issue {
  line: number;
  column: number;
  path: string;
  message: string;
  /** For a configuration: JSON5 itself, its image's schema, OpenClaw's own check, or a managed key. */
  source?: "syntax" | "schema" | "image" | "panel" | undefined;
}

/** An error that the reader can act on: the message says what happened and what to do. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly reason: Reason;
  readonly issues: readonly Issue[] | undefined;
  /** For a temporary refusal: when to retry. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: Reason,
    message: string,
    options: { issues?: readonly Issue[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The reason of anything thrown; INTERNAL unless it is a DomainError. */
export function reasonOf(thrown: unknown): Reason {
  return thrown instanceof DomainError ? thrown.reason : "INTERNAL";
}

/** The message of any thrown value, for a log line or the end of a sentence. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  // Node's error for a host none of whose addresses answers has no message of its own.
  if (thrown.message === "" && thrown instanceof AggregateError)
    return thrown.errors.map(messageOf).join("; ");
  return thrown.message || thrown.name;
}

/** The code of a system error such as ENOENT; undefined for any other thrown value. */
export function errorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

/** True when `thrown` is a DomainError with one of `reasons`. */
export function hasReason(thrown: unknown, ...reasons: Reason[]): thrown is DomainError {
  return thrown instanceof DomainError && reasons.includes(thrown.reason);
}
