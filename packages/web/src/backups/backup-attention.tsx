import { A } from "@solidjs/router";
import { Match, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { AttentionItem } from "../ui/attention-item.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { useBackups } from "./backup-context.ts";
import type { BackupConcern } from "./create-backup-attention.ts";

/** Required actions about backups, with their buttons. */
export function BackupAttention(props: { concern: BackupConcern }) {
  const backups = useBackups();
  const button = () => (
    <Button small onClick={() => backups.create()}>
      {t("backup.now")}
    </Button>
  );
  return (
    <Switch>
      <Match when={props.concern === "failed" || props.concern === "partial"}>
        <AttentionItem
          tone="error"
          title={t(
            props.concern === "failed" ? "attention.backup.failed" : "attention.backup.partial",
          )}
          text={t("attention.backup.failed.text")}
          actions={
            <>
              <A href={paths.jobs} class={buttonClass("plain", true)}>
                {t("jobs.all")}
              </A>
              {button()}
            </>
          }
        />
      </Match>
      <Match when={true}>
        <AttentionItem
          tone="warning"
          title={props.concern === "none" ? t("attention.backup.none") : t("attention.backup.old")}
          text={t("attention.backup.text")}
          actions={button()}
        />
      </Match>
    </Switch>
  );
}
