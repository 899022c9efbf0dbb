import { createSignal, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { useBatch } from "../bulk/batch-context.tsx";
import { t, withTexts } from "../i18n/i18n.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { keepUncovered } from "../ui/toast-floor.ts";
import { SelectionActions } from "./selection-actions.tsx";

const BulkDeleteDialog = lazyPart(
  () => import("../bulk/bulk-delete-dialog.tsx"),
  "BulkDeleteDialog",
);

const BulkLabelDialog = lazyPart(() => import("../bulk/bulk-label-dialog.tsx"), "BulkLabelDialog");

const RolloutDialog = lazyPart(
  () => withTexts(import("../rollout/rollout-dialog.tsx"), "config", "rollout"),
  "RolloutDialog",
);

/** Actions for the selected instances; floats over the end of the list. */
export function SelectionBar(props: {
  chosen: readonly Instance[];
  onAll: () => void;
  onClear: () => void;
}) {
  const batch = useBatch();
  const [asking, setAsking] = createSignal<"configure" | "delete" | "label">();
  const close = () => setAsking(undefined);
  return (
    <>
      <Show when={props.chosen.length > 0}>
        <section
          ref={keepUncovered}
          aria-label={t("bulk.bar")}
          class="group sticky bottom-4 z-20 mx-auto flex max-w-full animate-slide flex-wrap items-center justify-center gap-x-1 gap-y-2 rounded-lg max-sm:w-full max-sm:gap-0 max-sm:px-1 border border-line-2 bg-raised p-2 sm:pr-12 shadow-float max-sm:bottom-2"
        >
          <span
            role="status"
            class="px-2 font-medium tabular whitespace-nowrap max-sm:basis-[calc(100%-4.500rem)]"
          >
            {t("bulk.chosen", { count: props.chosen.length })}
          </span>
          <SelectionActions
            chosen={props.chosen}
            onConfigure={() => setAsking("configure")}
            onLabel={() => setAsking("label")}
            onDelete={() => setAsking("delete")}
          />
          {/* The checkbox for all is in the table's head, for which phones lack the room. */}
          <IconButton
            icon="check"
            label={t("bulk.chooseAll")}
            onClick={props.onAll}
            class="max-sm:order-2 sm:hidden"
          />
          <IconButton
            icon="close"
            label={t("bulk.clear")}
            onClick={props.onClear}
            class="max-sm:order-2 sm:absolute sm:top-2 sm:right-2"
          />
        </section>
      </Show>
      <Show when={asking() === "configure"}>
        <RolloutDialog instances={props.chosen} onConfirm={batch.begin} onClose={close} />
      </Show>
      <Show when={asking() === "delete"}>
        <BulkDeleteDialog instances={props.chosen} onConfirm={batch.begin} onClose={close} />
      </Show>
      <Show when={asking() === "label"}>
        <BulkLabelDialog instances={props.chosen} onConfirm={batch.begin} onClose={close} />
      </Show>
    </>
  );
}
