import type { Condition } from "../api/client.ts";
import { formatBytes, formatMemory } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";

/** Title and explanation of a condition in the current language. */
export interface ConditionWords {
  title: string;
  text: string;
}

export function conditionWords(condition: Condition): ConditionWords {
  switch (condition.code) {
    case "ENGINE_UNREACHABLE":
      return { title: t("attention.engine"), text: t("banner.engine.text") };
    case "IMAGE_MISSING":
      return {
        title: t("attention.image", { image: condition.detail.image }),
        text: t("attention.image.text"),
      };
    case "DISK_FULL":
      return { title: t("banner.disk"), text: t("banner.disk.text") };
    case "DISK_NEARLY_FULL": {
      const { free, total } = condition.detail;
      const left = { free: formatBytes(free), total: formatBytes(total) };
      return { title: t("attention.disk", left), text: t("attention.disk.text") };
    }
    case "MEMORY_NEARLY_FULL": {
      const { free, total } = condition.detail;
      const left = { free: formatMemory(free), total: formatMemory(total) };
      return { title: t("attention.memory", left), text: t("attention.memory.text") };
    }
    case "INSTANCE_ERROR":
      return { title: condition.subject.name, text: condition.detail.message ?? t("status.error") };
    case "START_OWED":
      return { title: condition.subject.name, text: t("attention.owed") };
    case "RESTORE_UNDECIDED":
      return {
        title: t("attention.restore", { name: condition.subject.name }),
        text: t("safety.asks.other"),
      };
    case "SCHEDULE_FAILED":
      return {
        title: t("attention.backup.failed"),
        text: t("attention.backup.failed.text"),
      };
    case "SCHEDULE_PARTIAL":
      return {
        title: t("attention.backup.partial"),
        text: t("attention.backup.failed.text"),
      };
    case "BACKUP_NONE":
      return { title: t("attention.backup.none"), text: t("attention.backup.text") };
    case "BACKUP_OLD":
      return { title: t("attention.backup.old"), text: t("attention.backup.text") };
    case "COMPOSE_FILE_STALE":
      return { title: t("system.compose"), text: t("system.compose.text") };
    case "CERTIFICATE_NAMES": {
      const [name = ""] = condition.detail.names;
      return {
        title: t("attention.certificate"),
        text: t("attention.certificate.text", { name, count: condition.detail.names.length }),
      };
    }
    case "DOMAIN_MISSING":
      return { title: t("attention.domain"), text: t("attention.domain.text") };
    case "ORPHAN_CONTAINERS":
      return {
        title: t("attention.orphans", { count: condition.detail.containers.length }),
        text: t("attention.orphans.text"),
      };
    case "INGRESS_REFUSED":
      return { title: condition.subject.name, text: t("attention.ingress") };
    case "WEBSOCKET_BLOCKED":
      return {
        title: t("attention.socket", { name: condition.subject.name }),
        text: t("attention.socket.text"),
      };
    case "CHANGE_PENDING":
      return {
        title: condition.subject.name,
        text:
          condition.detail.change === "image"
            ? t("pending.image", { image: condition.detail.image })
            : t("pending.definition"),
      };
  }
}
