import { complaintOf } from "@claw/core/complaint";
import { STARTING_LIMIT_MS } from "@claw/core/status";
import type { Instance } from "../api/client.ts";
import { formatTime } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import type { InstanceTab } from "../routes.ts";
import { workWords } from "./work-words.ts";

/** Meanings of the gateway's exit codes (measured on OpenClaw 2026.9.6). */
function exitCodeWords(code: number): string {
  switch (code) {
    case 0:
      return t("exit.0");
    case 1:
      return t("exit.1");
    case 78:
      return t("exit.78");
    case 126:
    case 127:
      return t("exit.127");
    case 137:
      return t("exit.137");
    case 143:
      return t("exit.143");
    default:
      return t("exit.other");
  }
}

/** A sentence on the reason of a status, or null when there is nothing to explain. */
export function statusSentence(instance: Instance): string | null {
  const detail = instance.statusDetail;
  if (!detail) return instance.statusReason;
  const code = detail.exitCode;
  switch (detail.code) {
    case "QUEUED":
      return t("why.queued");
    case "FINISHING_WORK":
      return t("why.finishingWork", { work: workWords(detail.work ?? []) });
    case "BACKING_UP":
      return t("why.backingUp");
    case "RESTORING":
      return t("why.restoring");
    case "CRASH_LOOP":
      return code === null
        ? t("why.crashLoop")
        : t("why.crashLoopCode", { code: String(code), meaning: exitCodeWords(code) });
    case "EXITED":
      return t("why.exited", { code: String(code ?? "?"), meaning: exitCodeWords(code ?? -1) });
    case "OUT_OF_MEMORY":
      return t("why.outOfMemory");
    case "SLOW_START":
      return t("why.slowStart", {
        minutes: String(detail.minutes ?? 0),
        limit: String(STARTING_LIMIT_MS / 60_000),
      });
    case "BUSY":
      return detail.minutes ? t("why.busyFor", { minutes: String(detail.minutes) }) : t("why.busy");
    case "SILENT":
      return detail.minutes
        ? t("why.silentFor", { minutes: String(detail.minutes) })
        : t("why.silent");
    case "NOT_ANSWERING":
      return t("why.notAnswering");
    case "START_FAILED":
      return detail.retry
        ? t("why.startFailedRetry", {
            reason: detail.retry.reason,
            time: formatTime(detail.retry.at),
          })
        : t("why.startFailed", { reason: instance.statusReason ?? "" });
    case "CONTAINER_MISSING":
      return t("why.containerMissing");
    case "CONTAINER_PAUSED":
      return t("why.containerPaused");
    case "CONTAINER_SILENT":
      return t("why.containerSilent");
    case "FOLDER_REPLACED":
      return t("why.folderReplaced");
    case "ENGINE_UNREACHABLE":
      return t("why.engineUnreachable");
  }
}

/** The gateway's own message on an error; shown before any other explanation. */
export function complaintIn(instance: Instance): string | null {
  const detail = instance.statusDetail;
  if (instance.status !== "error" || !detail || !TELLS.has(detail.code)) return null;
  return complaintOf(detail.lines);
}

/** For other errors the cause lies outside the container, and its last lines are unrelated. */
const TELLS: ReadonlySet<NonNullable<Instance["statusDetail"]>["code"]> = new Set([
  "CRASH_LOOP",
  "EXITED",
  "NOT_ANSWERING",
]);

const CONFIG_ERROR = 78;

/** The tab that shows or fixes the cause of an error. */
export function remedyTab(instance: Instance): InstanceTab {
  const detail = instance.statusDetail;
  if (detail?.exitCode === CONFIG_ERROR) return "config";
  return detail && detail.lines.length > 0 ? "logs" : "overview";
}
