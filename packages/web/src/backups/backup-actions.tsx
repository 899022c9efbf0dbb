import { createSignal, Match, Show, Switch } from "solid-js";
import type { Backup } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { ICON_BUTTON, IconButton } from "../ui/icon-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Menu } from "../ui/menu.tsx";
import type { MenuEntry } from "../ui/menu-props.ts";
import { useBackups } from "./backup-context.ts";
import { backupTitle } from "./backup-words.ts";
import { createBackupActions } from "./create-backup-actions.ts";

const VerifyDialog = lazyPart(() => import("./verify-dialog.tsx"), "VerifyDialog");
const TestDialog = lazyPart(() => import("./test-dialog.tsx"), "TestDialog");
const DeleteBackupDialog = lazyPart(
  () => import("./delete-backup-dialog.tsx"),
  "DeleteBackupDialog",
);

type Asking = "verify" | "test" | "delete";

export function BackupActions(props: {
  backup: Backup;
  instanceId: string | undefined;
  onNote: () => void;
}) {
  const backups = useBackups();
  const may = useMay();
  const actions = createBackupActions(() => props.backup);
  const [asking, setAsking] = createSignal<Asking>();
  const close = () => setAsking(undefined);
  const title = () => backupTitle(props.backup);
  const preset = () => (props.instanceId === undefined ? undefined : [props.instanceId]);
  const managing = (): MenuEntry[] => [
    { label: t("backup.test"), icon: "play", onSelect: () => setAsking("test") },
    {
      label: props.backup.pinned ? t("backup.unpin") : t("backup.pin"),
      icon: "pin",
      separated: true,
      onSelect: () => void actions.setPinned(!props.backup.pinned),
    },
    { label: t("backup.editNote"), icon: "file", onSelect: props.onNote },
    {
      label: t("action.delete"),
      icon: "trash",
      danger: true,
      separated: true,
      onSelect: () => setAsking("delete"),
    },
  ];
  return (
    <div class="flex items-center gap-0.5">
      <Show when={may("manageBackups")}>
        <Button
          small
          icon="restart"
          aria-label={t("backup.restoreNamed", { name: title() })}
          onClick={() => backups.restore(props.backup, preset())}
        >
          {t("backup.restore")}
        </Button>
      </Show>
      <IconButton
        icon="download"
        label={t("backup.downloadNamed", { name: title() })}
        busy={actions.busy() === "download"}
        onClick={() => void actions.download()}
      />
      <Menu
        label={t("action.moreNamed", { name: title() })}
        triggerClass={ICON_BUTTON}
        trigger={<Icon name="more" />}
        entries={[
          {
            label: props.backup.encryption ? t("backup.verify.ask") : t("backup.verify"),
            icon: "check",
            onSelect: () => {
              if (props.backup.encryption) setAsking("verify");
              else void actions.verify();
            },
          },
          ...(may("manageBackups") ? managing() : []),
        ]}
      />
      <Switch>
        <Match when={asking() === "verify"}>
          <VerifyDialog backup={props.backup} onClose={close} />
        </Match>
        <Match when={asking() === "test"}>
          <TestDialog backup={props.backup} instanceId={props.instanceId} onClose={close} />
        </Match>
        <Match when={asking() === "delete"}>
          <DeleteBackupDialog backup={props.backup} onClose={close} />
        </Match>
      </Switch>
    </div>
  );
}
