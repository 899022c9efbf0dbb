import { For, Show } from "solid-js";
import type { RouterOutputs } from "../api/client.ts";
import type { PaceState } from "../bulk/create-pace.ts";
import { PaceFields } from "../bulk/pace-fields.tsx";
import { SharedChannelsNotice } from "../config/shared-channels-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { takeLostFocus } from "../ui/take-lost-focus.ts";
import type { RolloutState } from "./create-rollout.ts";
import { PreviewRow } from "./preview-row.tsx";

/** The effect of the change on each configuration, and the pace of the roll-out. */
export function RolloutPreview(props: {
  rollout: RolloutState;
  preview: RouterOutputs["configRollouts"]["preview"];
  pace: PaceState;
}) {
  // Those that cannot have the change come first: they need somebody.
  const sorted = () => [
    ...props.rollout.refused(),
    ...props.rollout.changed(),
    ...props.rollout.same(),
  ];
  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" class="tabular">
          <Summary rollout={props.rollout} />
        </p>
        <Button small icon="arrowLeft" ref={takeLostFocus} onClick={props.rollout.back}>
          {t("rollout.back")}
        </Button>
      </div>
      <SharedChannelsNotice warnings={props.preview.shared} />
      <ul aria-label={t("rollout.each")} class="divide-y rounded-md border">
        <For each={sorted()}>{(item) => <PreviewRow item={item} rollout={props.rollout} />}</For>
      </ul>
      <Show
        when={props.rollout.changed().length > 0}
        fallback={<p class="text-sm text-text-2">{t("rollout.nothing")}</p>}
      >
        <Show when={props.rollout.changed().some(({ effect }) => effect === "next-start")}>
          <p class="text-xs text-text-3">{t("rollout.later")}</p>
        </Show>
        <PaceFields pace={props.pace} />
      </Show>
    </>
  );
}

function Summary(props: { rollout: RolloutState }) {
  const same = () => props.rollout.same().length;
  const refused = () => props.rollout.refused().length;
  return (
    <>
      {t("rollout.changes", { count: props.rollout.changed().length })}
      <Show when={same() > 0}> · {t("rollout.same", { count: same() })}</Show>
      <Show when={refused() > 0}>
        <span class="font-medium text-error">
          {" · "}
          {t("rollout.refused", { count: refused() })}
        </span>
      </Show>
    </>
  );
}
