import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import { explainError } from "./api-error.ts";

/** Shows that `what` failed, why, and the remedy; `again` is the retry. */
export function showFailure(what: string, error: unknown, again?: () => unknown): void {
  const reason = explainError(error);
  showToast({
    kind: "error",
    title: what,
    text: t("error.whole", { what: reason.what, fix: reason.fix }),
    detail: reason.detail,
    ...(again && { button: { label: t("action.retry"), onPress: again } }),
  });
}
