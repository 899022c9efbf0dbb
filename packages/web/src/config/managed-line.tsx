import { Show } from "solid-js";
import { explainError } from "../api/api-error.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

interface ManagedLineProps {
  /** Keys with another value than the panel's. */
  wrong: readonly string[];
  /** Those that a save has put right. */
  corrected: readonly string[];
  /** Why the panel could not tell its keys. */
  failure: unknown;
  onPutRight: () => Promise<unknown>;
}

/** Tells how the panel's keys that somebody has changed are, or were, put right. */
export function ManagedLine(props: ManagedLineProps) {
  const doubt = () => {
    if (props.failure === undefined) return undefined;
    const { what, detail } = explainError(props.failure);
    return t("managed.unknown", { why: detail ?? what });
  };
  const putRight = async () => {
    try {
      await props.onPutRight();
    } catch (error) {
      showFailure(t("managed.failed"), error, putRight);
    }
  };
  return (
    <div role="status">
      <Show when={doubt()}>
        {(words) => (
          <p class="border-t bg-sunken px-3 py-1.5 text-sm text-text-2 wrap-anywhere">{words()}</p>
        )}
      </Show>
      <Show when={props.wrong.length > 0 || props.corrected.length > 0}>
        <div class="flex flex-wrap items-center gap-2 border-t bg-sunken px-3 py-1.5 text-sm">
          <Icon name="lock" class="text-text-2" />
          <p class="min-w-0 flex-1 basis-52 wrap-anywhere">
            {props.wrong.length > 0
              ? t("managed.willBe", { keys: props.wrong.join(", ") })
              : t("managed.was", { keys: props.corrected.join(", ") })}
          </p>
          <Show when={props.wrong.length > 0}>
            <Button small onClick={() => void putRight()}>
              {t("managed.putRight")}
            </Button>
          </Show>
        </div>
      </Show>
    </div>
  );
}
