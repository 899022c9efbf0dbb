import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";

/** The outcome for many in one line. `skipped`: the words for so many that were not begun. */
export function BatchSummary(props: {
  done: string;
  counts: { failed: number; skipped: number };
  skipped: (count: number) => string;
}) {
  return (
    <>
      {props.done}
      <Show when={props.counts.failed}>
        {(count) => (
          <span class="font-medium text-error">
            {" · "}
            {t("batch.summary.failed", { count: count() })}
          </span>
        )}
      </Show>
      <Show when={props.counts.skipped}>{(count) => <> · {props.skipped(count())}</>}</Show>
    </>
  );
}
