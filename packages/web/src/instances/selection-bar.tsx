import { createSignal, Show } from "solid-js";
import { isAllowed } from "../actions/instance-actions.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import type { BatchItem } from "../bulk/batch.ts";
import { useBatch } from "../bulk/batch-context.tsx";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { keepUncovered } from "../ui/toast-floor.ts";

const BulkDeleteDialog = lazyPart(
  () => import("../bulk/bulk-delete-dialog.tsx"),
  "BulkDeleteDialog",
);

const BulkLabelDialog = lazyPart(() => import("../bulk/bulk-label-dialog.tsx"), "BulkLabelDialog");

/** On a phone, text only, four in a row below the selection. */
const BUTTON = "px-2! max-sm:order-3 max-sm:basis-1/4 max-sm:px-1! max-sm:[&_svg]:hidden";

type Kind = "start" | "stop" | "restart";

/** Actions for the selected instances; floats over the end of the list. */
export function SelectionBar(props: {
  chosen: readonly Instance[];
  onAll: () => void;
  onClear: () => void;
}) {
  const batch = useBatch();
  const backups = useBackups();
  const [asking, setAsking] = createSignal<"delete" | "label">();
  const close = () => setAsking(undefined);
  const dialogs = useInstanceDialogs();
  const may = useMay();
  const busy = () => batch.runner.calling();
  const able = (kind: Kind) => props.chosen.filter((one) => isAllowed(kind, one.status));
  const bind = (kind: Kind, icon: IconName) => ({
    icon,
    variant: "ghost" as const,
    class: BUTTON,
    disabled: busy() || able(kind).length === 0,
    onClick: () => batch.begin({ kind, items: able(kind).map(toItem) }),
  });
  const migratable = () =>
    may("migrateInstances") ? props.chosen.filter((one) => one.opensBy === "token-migratable") : [];
  /** Names the number of affected instances when it is not all of them. */
  const some = ({ length: count }: readonly Instance[]) =>
    count > 0 && count < props.chosen.length ? ` ${count}` : "";
  return (
    <>
      <Show when={props.chosen.length > 0}>
        <section
          ref={keepUncovered}
          aria-label={t("bulk.bar")}
          class="sticky bottom-4 z-20 mx-auto flex max-w-full animate-slide flex-wrap items-center justify-center gap-x-1 gap-y-2 rounded-lg max-sm:w-full max-sm:gap-0 max-sm:px-1 border border-line-2 bg-raised p-2 sm:pr-12 shadow-float max-sm:bottom-2"
        >
          <span
            role="status"
            class="px-2 font-medium tabular whitespace-nowrap max-sm:basis-[calc(100%-4.500rem)]"
          >
            {t("bulk.chosen", { count: props.chosen.length })}
          </span>
          <Button {...bind("start", "play")}>
            {t("action.start")}
            {some(able("start"))}
          </Button>
          <Button {...bind("stop", "stop")}>
            {t("action.stop")}
            {some(able("stop"))}
          </Button>
          <Button {...bind("restart", "restart")}>
            {t("action.restart")}
            {some(able("restart"))}
          </Button>
          <Button
            variant="ghost"
            icon="archive"
            onClick={() => backups.create(props.chosen.map(({ id }) => id))}
            class={BUTTON}
          >
            {t("backup.bulk")}
          </Button>
          <Show when={migratable().length > 0}>
            <Button
              variant="ghost"
              icon="open"
              data-tip={t("bulk.migrate.tip")}
              class={BUTTON}
              disabled={busy()}
              onClick={() => batch.begin({ kind: "migrate", items: migratable().map(toItem) })}
            >
              {t("bulk.migrate")}
              {some(migratable())}
            </Button>
          </Show>
          <Show when={may("assignOwners")}>
            <Button
              variant="ghost"
              icon="user"
              class={BUTTON}
              disabled={busy()}
              onClick={() => dialogs.assign(props.chosen.map(({ id }) => id))}
            >
              {t("owner.assign")}
            </Button>
          </Show>
          <Show when={may("labelInstances")}>
            <Button
              variant="ghost"
              icon="tag"
              class={BUTTON}
              disabled={busy()}
              onClick={() => setAsking("label")}
            >
              {t("label.bulk")}
            </Button>
          </Show>
          <Show when={may("removeInstances")}>
            <Button
              variant="ghost"
              icon="trash"
              disabled={busy()}
              onClick={() => setAsking("delete")}
              class={`${BUTTON} text-error!`}
            >
              {t("action.delete")}
            </Button>
          </Show>
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
      <Show when={asking() === "delete"}>
        <BulkDeleteDialog instances={props.chosen} onConfirm={batch.begin} onClose={close} />
      </Show>
      <Show when={asking() === "label"}>
        <BulkLabelDialog instances={props.chosen} onConfirm={batch.begin} onClose={close} />
      </Show>
    </>
  );
}

const toItem = ({ id, name }: Instance): BatchItem => ({ id, name });
