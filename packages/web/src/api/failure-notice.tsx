import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { explainError } from "./api-error.ts";

/** An error in a view or dialog: the reason, the remedy and a retry button. */
export function FailureNotice(props: {
  error: unknown;
  /** Retries; shows a button. */
  onRetry?: () => unknown;
  /** A retry is in progress. */
  retrying?: boolean;
  /** Omits the panel's own message where its details are shown elsewhere. */
  brief?: boolean;
}) {
  const reason = () => explainError(props.error);
  return (
    <div role="alert" class="flex gap-2.5 rounded-md bg-error-tint px-3 py-2.5">
      <Icon name="alert" class="mt-0.5 text-error" />
      <div class="min-w-0 flex-1">
        <p class="font-medium">{reason().what}</p>
        <p class="text-sm text-text-2">{reason().fix}</p>
        <Show when={!props.brief && reason().detail}>
          <p class="mt-1 text-xs wrap-anywhere text-text-3">{reason().detail}</p>
        </Show>
        <Show when={props.onRetry}>
          {(retry) => (
            <div class="mt-2">
              <Button small busy={props.retrying ?? false} onClick={() => void retry()()}>
                {t("action.retry")}
              </Button>
            </div>
          )}
        </Show>
      </div>
    </div>
  );
}
