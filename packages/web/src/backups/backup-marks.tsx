import { type JSX, Match, Show, Switch } from "solid-js";
import type { Backup } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { When } from "../ui/when.tsx";

/** A backup's verification state and properties. */
export function BackupMarks(props: { backup: Backup }) {
  return (
    <>
      <p class="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-text-2">
        <Switch>
          <Match when={props.backup.fault}>
            <Mark icon="alert" tone="font-medium text-error">
              {t("backup.damaged")}
            </Mark>
          </Match>
          <Match when={props.backup.verifiedAt}>
            {(iso) => (
              <Mark icon="check" tone="text-running">
                {t("backup.verified")} <When iso={iso()} />
              </Mark>
            )}
          </Match>
          <Match when={true}>
            <Mark icon="info" tone="text-unknown">
              {t("backup.neverVerified")}
            </Mark>
          </Match>
        </Switch>
        <Show when={props.backup.provenAt}>
          {(iso) => (
            <Mark icon="play" tone="text-running">
              {t("backup.proven")} <When iso={iso()} />
            </Mark>
          )}
        </Show>
        <Show when={props.backup.encryption}>
          <Mark icon="lock">{t("backup.encrypted")}</Mark>
        </Show>
        <Show when={props.backup.pinned}>
          <Mark icon="pin">{t("backup.pinned")}</Mark>
        </Show>
      </p>
      <Show when={props.backup.fault}>
        {(fault) => <p class="text-sm wrap-anywhere text-error">{fault()}</p>}
      </Show>
    </>
  );
}

function Mark(props: { icon: IconName; tone?: string; children: JSX.Element }) {
  return (
    <span class={`inline-flex items-center gap-1 whitespace-nowrap ${props.tone ?? ""}`}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </span>
  );
}
