import { showToast } from "../ui/toast.tsx";
import { explainError } from "./api-error.ts";

/** Says that `what` did not work, why, and what to do. */
export function showFailure(what: string, error: unknown): void {
  const reason = explainError(error);
  showToast({
    kind: "error",
    title: what,
    text: `${reason.what} ${reason.fix}`,
    detail: reason.detail,
  });
}
