import { t } from "../i18n/i18n.ts";
import type { BatchResult } from "./job-result.ts";

/** "Stop 3 instances": a batch's action and its number of instances. */
export function actionTitle(
  { action, deleteData }: Pick<BatchResult, "action" | "deleteData">,
  count: number,
): string {
  switch (action) {
    case "start":
      return t("batch.title.start", { count });
    case "stop":
      return t("batch.title.stop", { count });
    case "restart":
      return t("batch.title.restart", { count });
    case "migrate":
      return t("batch.title.migrate", { count });
    case "remove":
      return deleteData ? t("batch.title.purge", { count }) : t("batch.title.remove", { count });
    case "create":
      return t("batch.title.create", { count });
    case "label":
      return t("batch.title.label", { count });
    case "configure":
      return t("batch.title.configure", { count });
    case "restoreConfig":
      return t("batch.title.restoreConfig", { count });
  }
}
