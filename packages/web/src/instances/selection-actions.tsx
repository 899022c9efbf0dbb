import { Show } from "solid-js";
import { isAllowed } from "../actions/instance-actions.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import type { BatchItem } from "../bulk/batch.ts";
import { useBatch } from "../bulk/batch-context.tsx";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button, type ButtonProps } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";

interface Selection {
  chosen: readonly Instance[];
}

/** The buttons of what can be done with the selected instances. */
export function SelectionActions(
  props: Selection & { onConfigure: () => void; onLabel: () => void; onDelete: () => void },
) {
  const batch = useBatch();
  const backups = useBackups();
  const dialogs = useInstanceDialogs();
  const may = useMay();
  const busy = () => batch.runner.calling();
  const ids = () => props.chosen.map(({ id }) => id);
  return (
    <>
      <RunButton chosen={props.chosen} kind="start" icon="play" label={t("action.start")} />
      <RunButton chosen={props.chosen} kind="stop" icon="stop" label={t("action.stop")} />
      <RunButton chosen={props.chosen} kind="restart" icon="restart" label={t("action.restart")} />
      <BarButton icon="archive" onClick={() => backups.create(ids())}>
        {t("backup.bulk")}
      </BarButton>
      <BarButton
        icon="file"
        data-tip={t("bulk.configure.tip")}
        disabled={busy()}
        onClick={props.onConfigure}
      >
        {t("bulk.configure")}
      </BarButton>
      <MigrateButton chosen={props.chosen} />
      <Show when={may("assignOwners")}>
        <BarButton icon="user" disabled={busy()} onClick={() => dialogs.assign(ids())}>
          {t("owner.assign")}
        </BarButton>
      </Show>
      <Show when={may("labelInstances")}>
        <BarButton icon="tag" disabled={busy()} onClick={props.onLabel}>
          {t("label.bulk")}
        </BarButton>
      </Show>
      <Show when={may("removeInstances")}>
        <BarButton icon="trash" disabled={busy()} onClick={props.onDelete} class="text-error!">
          {t("action.delete")}
        </BarButton>
      </Show>
    </>
  );
}

/** Starts, stops or restarts those of the selection that can be. */
function RunButton(
  props: Selection & { kind: "start" | "stop" | "restart"; icon: IconName; label: string },
) {
  const batch = useBatch();
  const able = () => props.chosen.filter((one) => isAllowed(props.kind, one.status));
  return (
    <BarButton
      icon={props.icon}
      disabled={batch.runner.calling() || able().length === 0}
      onClick={() => batch.begin({ kind: props.kind, items: able().map(toItem) })}
    >
      {props.label}
      {countOf(able(), props.chosen)}
    </BarButton>
  );
}

/** Only for instances that open by their token and could open through the panel. */
function MigrateButton(props: Selection) {
  const batch = useBatch();
  const may = useMay();
  const able = () =>
    may("migrateInstances") ? props.chosen.filter((one) => one.opensBy === "token-migratable") : [];
  return (
    <Show when={able().length > 0}>
      <BarButton
        icon="open"
        data-ninth=""
        data-tip={t("bulk.migrate.tip")}
        disabled={batch.runner.calling()}
        onClick={() => batch.begin({ kind: "migrate", items: able().map(toItem) })}
      >
        {t("bulk.migrate")}
        {countOf(able(), props.chosen)}
      </BarButton>
    </Show>
  );
}

/**
 * On a phone, text only, below the selection: eight in rows of four, nine in rows of three. A long
 * one takes two lines.
 */
function BarButton(props: Omit<ButtonProps, "variant">) {
  return (
    <Button
      {...props}
      variant="ghost"
      class={`px-2! max-sm:order-3 max-sm:min-w-0 max-sm:basis-1/4 max-sm:group-has-data-ninth:basis-1/3 max-sm:px-1! max-sm:leading-4 max-sm:whitespace-normal! max-sm:[&_svg]:hidden ${props.class ?? ""}`}
    />
  );
}

/** The number of affected instances when it is not all of them. */
function countOf({ length: count }: readonly Instance[], all: readonly Instance[]): string {
  return count > 0 && count < all.length ? ` ${count}` : "";
}

const toItem = ({ id, name }: Instance): BatchItem => ({ id, name });
