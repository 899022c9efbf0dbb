import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import {
  type Action,
  isAllowed,
  startOrStop,
  useInstanceActions,
} from "../actions/instance-actions.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { Icon } from "../ui/icon.tsx";
import { ICON_BUTTON, IconButton } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";

export function RowActions(props: { instance: Instance; onDelete: (instance: Instance) => void }) {
  const actions = useInstanceActions();
  const navigate = useNavigate();
  const may = useMay();
  const backups = useBackups();
  const dialogs = useInstanceDialogs();
  const pending = () => actions.pending(props.instance.id);
  const bind = (action: Action) => ({
    busy: pending() === action,
    disabled: pending() !== undefined || !isAllowed(action, props.instance.status),
    onClick: () => void actions.run(props.instance, action),
  });
  return (
    <div class="flex justify-end gap-0.5">
      <Show
        when={startOrStop(props.instance, pending()) === "stop"}
        fallback={
          <IconButton
            icon="play"
            label={t("action.startNamed", { name: props.instance.name })}
            {...bind("start")}
          />
        }
      >
        <IconButton
          icon="stop"
          label={t("action.stopNamed", { name: props.instance.name })}
          {...bind("stop")}
        />
      </Show>
      <IconButton
        icon="restart"
        label={t("action.restartNamed", { name: props.instance.name })}
        {...bind("restart")}
      />
      <IconButton
        icon="open"
        label={t("action.openNamed", { name: props.instance.name })}
        {...bind("open")}
      />
      <Menu
        label={t("action.moreNamed", { name: props.instance.name })}
        triggerClass={ICON_BUTTON}
        trigger={<Icon name="more" />}
        entries={[
          {
            label: t("tab.overview"),
            icon: "info",
            onSelect: () => navigate(paths.instance(props.instance.id)),
          },
          {
            label: t("tab.logs"),
            icon: "logs",
            onSelect: () => navigate(paths.instance(props.instance.id, "logs")),
          },
          {
            label: t("tab.config"),
            icon: "file",
            onSelect: () => navigate(paths.instance(props.instance.id, "config")),
          },
          {
            label: t("action.initAsk"),
            icon: "sparkle",
            onSelect: () => dialogs.init(props.instance.id),
          },
          ...(may("assignOwners")
            ? [
                {
                  label: t("owner.assign"),
                  icon: "user",
                  onSelect: () => dialogs.assign([props.instance.id]),
                } as const,
              ]
            : []),
          {
            label: t("backup.action"),
            icon: "archive",
            onSelect: () => backups.create([props.instance.id]),
          },
          {
            label: t("action.stop"),
            icon: "stop",
            disabled: !isAllowed("stop", props.instance.status),
            onSelect: () => void actions.run(props.instance, "stop"),
          },
          ...(may("removeInstances")
            ? [
                {
                  label: t("action.delete"),
                  icon: "trash",
                  danger: true,
                  separated: true,
                  onSelect: () => props.onDelete(props.instance),
                } as const,
              ]
            : []),
        ]}
      />
    </div>
  );
}
