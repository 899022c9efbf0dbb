import type { Issue, Reason } from "@claw/core/errors";
import { TRPCClientError } from "@trpc/client";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { ProxyLimit } from "./proxy-limit.ts";

/**
 * A reason from the panel, no answer from it, or a proxy's answer in its place. CONFIG_REFUSED: the
 * configuration is valid JSON5, but none of OpenClaw's; CONFIG_MANAGED: it changes what the panel sets.
 */
export type Failure = Reason | "CONFIG_REFUSED" | "CONFIG_MANAGED" | "CONNECTION" | "PROXY_LIMIT";

interface Words {
  /** The failure, as a sentence. */
  what: PlainKey;
  /** The remedy, as a sentence. */
  fix: PlainKey;
  /** The panel's own message holds details that no translation can have. */
  detail?: true;
}

const WORDS = {
  INVALID_INPUT: { what: "error.invalidInput", fix: "error.invalidInput.fix", detail: true },
  INSTANCE_NOT_FOUND: { what: "error.instanceNotFound", fix: "error.instanceNotFound.fix" },
  INSTANCE_EXISTS: { what: "error.instanceExists", fix: "error.instanceExists.fix" },
  INSTANCE_NOT_RUNNING: { what: "error.instanceNotRunning", fix: "error.instanceNotRunning.fix" },
  PORT_TAKEN: { what: "error.portTaken", fix: "error.portTaken.fix", detail: true },
  PORTS_EXHAUSTED: { what: "error.portsExhausted", fix: "error.portsExhausted.fix" },
  SUBNETS_EXHAUSTED: {
    what: "error.subnetsExhausted",
    fix: "error.subnetsExhausted.fix",
    detail: true,
  },
  CONTAINER_CLASH: { what: "error.containerClash", fix: "error.containerClash.fix", detail: true },
  BUSY: { what: "error.busy", fix: "error.busy.fix", detail: true },
  REVISION_MISMATCH: { what: "error.revisionMismatch", fix: "error.revisionMismatch.fix" },
  CONFIG_INVALID: { what: "error.configInvalid", fix: "error.configInvalid.fix", detail: true },
  CONFIG_REFUSED: { what: "error.configRefused", fix: "error.configRefused.fix", detail: true },
  CONFIG_MANAGED: { what: "error.configManaged", fix: "error.configManaged.fix", detail: true },
  CONFIG_NOT_TAKEN: { what: "error.configNotTaken", fix: "error.configNotTaken.fix", detail: true },
  CONFIG_VERSION_NOT_FOUND: { what: "error.versionGone", fix: "error.versionGone.fix" },
  CONFIG_MISSING: { what: "error.configMissing", fix: "error.configMissing.fix" },
  CONFIG_TOO_LARGE: { what: "error.configTooLarge", fix: "error.configTooLarge.fix" },
  TOKEN_MISSING: { what: "error.tokenMissing", fix: "error.tokenMissing.fix" },
  TEMPLATE_INVALID: {
    what: "error.templateInvalid",
    fix: "error.templateInvalid.fix",
    detail: true,
  },
  TEMPLATE_NOT_FOUND: { what: "error.templateNotFound", fix: "error.templateNotFound.fix" },
  TEMPLATE_EXISTS: { what: "error.templateExists", fix: "error.templateExists.fix" },
  TEMPLATE_IS_DEFAULT: { what: "error.templateIsDefault", fix: "error.templateIsDefault.fix" },
  IMAGE_MISSING: { what: "error.imageMissing", fix: "error.imageMissing.fix" },
  IMAGE_UNAVAILABLE: {
    what: "error.imageUnavailable",
    fix: "error.imageUnavailable.fix",
    detail: true,
  },
  ENGINE_UNREACHABLE: { what: "error.engineUnreachable", fix: "error.engineUnreachable.fix" },
  ENGINE_SLOW: { what: "error.engineSlow", fix: "error.engineSlow.fix", detail: true },
  ENGINE_FAILED: { what: "error.engineFailed", fix: "error.engineFailed.fix", detail: true },
  NOT_SUPPORTED: { what: "error.notSupported", fix: "error.notSupported.fix", detail: true },
  START_FAILED: { what: "error.startFailed", fix: "error.startFailed.fix", detail: true },
  STILL_STARTING: { what: "error.stillStarting", fix: "error.stillStarting.fix", detail: true },
  GATEWAY_REFUSES: { what: "error.gatewayRefuses", fix: "error.gatewayRefuses.fix" },
  GATEWAY_SILENT: { what: "error.gatewaySilent", fix: "error.gatewaySilent.fix" },
  GATEWAY_FAILED: { what: "error.gatewayFailed", fix: "error.gatewayFailed.fix", detail: true },
  DEVICE_NOT_FOUND: { what: "error.deviceNotFound", fix: "error.deviceNotFound.fix" },
  COMMAND_FAILED: { what: "error.commandFailed", fix: "error.commandFailed.fix", detail: true },
  PROVIDER_UNREACHABLE: {
    what: "error.providerUnreachable",
    fix: "error.providerUnreachable.fix",
    detail: true,
  },
  PROVIDER_REFUSED: {
    what: "error.providerRefused",
    fix: "error.providerRefused.fix",
    detail: true,
  },
  PROVIDER_NOT_FOUND: {
    what: "error.providerNotFound",
    fix: "error.providerNotFound.fix",
    detail: true,
  },
  PROVIDER_FAILED: {
    what: "error.providerFailed",
    fix: "error.providerFailed.fix",
    detail: true,
  },
  DISK_FULL: { what: "error.diskFull", fix: "error.diskFull.fix" },
  FILES_DENIED: { what: "error.filesDenied", fix: "error.filesDenied.fix", detail: true },
  FOLDER_REPLACED: { what: "error.folderReplaced", fix: "error.folderReplaced.fix" },
  JOB_NOT_FOUND: { what: "error.jobNotFound", fix: "error.jobNotFound.fix" },
  NOT_BEGUN: { what: "error.notBegun", fix: "error.notBegun.fix" },
  NOTHING_TO_UNDO: { what: "error.nothingToUndo", fix: "error.nothingToUndo.fix" },
  CHANGED_SINCE: { what: "error.changedSince", fix: "error.changedSince.fix" },
  JOB_FINISHED: { what: "error.jobFinished", fix: "error.jobFinished.fix" },
  BACKUP_NOT_FOUND: { what: "error.backupNotFound", fix: "error.backupNotFound.fix" },
  SNAPSHOT_NOT_FOUND: {
    what: "error.snapshotNotFound",
    fix: "error.snapshotNotFound.fix",
  },
  ARCHIVE_INVALID: {
    what: "error.archiveInvalid",
    fix: "error.archiveInvalid.fix",
    detail: true,
  },
  ARCHIVE_LOCKED: { what: "error.archiveLocked", fix: "error.archiveLocked.fix", detail: true },
  TICKET_INVALID: { what: "error.ticketInvalid", fix: "error.ticketInvalid.fix" },
  SETUP_REQUIRED: { what: "error.setupRequired", fix: "error.setupRequired.fix" },
  SETUP_CODE_WRONG: { what: "error.setupCodeWrong", fix: "error.setupCodeWrong.fix" },
  UNAUTHENTICATED: { what: "error.unauthenticated", fix: "error.unauthenticated.fix" },
  FORBIDDEN: { what: "error.forbidden", fix: "error.forbidden.fix" },
  PASSWORD_REQUIRED: { what: "error.passwordRequired", fix: "error.passwordRequired.fix" },
  CREDENTIALS_WRONG: { what: "error.credentialsWrong", fix: "error.credentialsWrong.fix" },
  TOTP_REQUIRED: { what: "error.totpRequired", fix: "error.totpRequired.fix" },
  TOTP_WRONG: { what: "error.totpWrong", fix: "error.totpWrong.fix" },
  TOO_MANY_STREAMS: { what: "error.tooManyStreams", fix: "error.tooManyStreams.fix" },
  TOO_MANY_ATTEMPTS: { what: "error.tooManyAttempts", fix: "error.tooManyAttempts.fix" },
  PASSWORD_WEAK: { what: "error.passwordWeak", fix: "error.passwordWeak.fix" },
  USER_EXISTS: { what: "error.userExists", fix: "error.userExists.fix" },
  USER_NOT_FOUND: { what: "error.userNotFound", fix: "error.userNotFound.fix" },
  LAST_ADMINISTRATOR: { what: "error.lastAdministrator", fix: "error.lastAdministrator.fix" },
  SESSION_NOT_FOUND: { what: "error.sessionNotFound", fix: "error.sessionNotFound.fix" },
  TOKEN_NOT_FOUND: { what: "error.tokenNotFound", fix: "error.tokenNotFound.fix" },
  LINK_INVALID: { what: "error.linkInvalid", fix: "error.linkInvalid.fix" },
  CANCELLED: { what: "error.cancelled", fix: "error.cancelled.fix" },
  INTERRUPTED: { what: "error.interrupted", fix: "error.interrupted.fix" },
  INTERNAL: { what: "error.internal", fix: "error.internal.fix", detail: true },
  PROXY_LIMIT: { what: "error.proxyLimit", fix: "error.proxyLimit.fix" },
  CONNECTION: { what: "error.connection", fix: "error.connection.fix" },
} as const satisfies Record<Failure, Words>;

/** An error in the user's language. */
export interface Explanation {
  what: string;
  fix: string;
  detail: string | undefined;
}

export function explain(failure: Failure, message: string): Explanation {
  const words: Words = WORDS[failure];
  return {
    what: t(words.what),
    fix: t(words.fix),
    detail: words.detail && message ? t("error.detail", { detail: message }) : undefined,
  };
}

export function explainError(error: unknown): Explanation {
  return explain(failureOf(error), error instanceof Error ? error.message : String(error));
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return "INTERNAL";
  const data: unknown = error.data;
  if (data === null || data === undefined)
    return error.cause instanceof ProxyLimit ? "PROXY_LIMIT" : "CONNECTION";
  const reason = field(data, "reason");
  if (reason === "CONFIG_INVALID") return invalidity(issuesOf(error));
  return isFailure(reason) ? reason : "INTERNAL";
}

function invalidity(issues: readonly Issue[]): Failure {
  if (issues.some(({ source }) => isOpenClaws(source))) return "CONFIG_REFUSED";
  return issues.some(({ source }) => source === "panel") ? "CONFIG_MANAGED" : "CONFIG_INVALID";
}

const isOpenClaws = (source: Issue["source"]) => source === "schema" || source === "image";

/** The faulty places that the panel found in a text. */
export function issuesOf(error: unknown): readonly Issue[] {
  if (!(error instanceof TRPCClientError)) return [];
  const issues = field(error.data, "issues");
  return Array.isArray(issues) ? (issues as Issue[]) : [];
}

/** How long the panel refuses further attempts. */
export function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const seconds = field(error.data, "retryAfterSeconds");
  return typeof seconds === "number" ? seconds : undefined;
}

function field(data: unknown, name: string): unknown {
  return data !== null && typeof data === "object" ? Reflect.get(data, name) : undefined;
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "string" && Object.hasOwn(WORDS, value);
}
