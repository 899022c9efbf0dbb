import { A } from "@solidjs/router";
import { type JSX, Match, Switch } from "solid-js";
import type { Condition } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { AttentionItem } from "../ui/attention-item.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { conditionWords } from "./condition-words.ts";
import { ImageStep } from "./image-step.tsx";

/** A condition with its explanation and the action that helps. */
export function ConditionItem(props: { condition: Condition }) {
  const words = () => conditionWords(props.condition);
  return (
    <AttentionItem
      tone={props.condition.severity === "error" ? "error" : "warning"}
      title={words().title}
      text={words().text}
      actions={<Help code={props.condition.code} />}
    />
  );
}

function Help(props: { code: Condition["code"] }): JSX.Element {
  const backups = useBackups();
  const live = useLive();
  const may = useMay();
  const backUp = () => (
    <Button small onClick={() => backups.create()}>
      {t("backup.now")}
    </Button>
  );
  const is = (...codes: readonly Condition["code"][]) => codes.includes(props.code);
  return (
    <Switch fallback={<Way to={paths.system}>{t("dashboard.system")}</Way>}>
      <Match when={is("ENGINE_UNREACHABLE")}>
        <Button small busy={live.system.fetching()} onClick={() => void live.system.refetch()}>
          {t("action.checkAgain")}
        </Button>
      </Match>
      <Match when={is("IMAGE_MISSING")}>
        <ImageStep />
      </Match>
      <Match when={is("RESTORE_UNDECIDED")}>
        <Way to={paths.backups}>{t("attention.restore.decide")}</Way>
      </Match>
      <Match when={is("SCHEDULE_FAILED", "SCHEDULE_PARTIAL")}>
        <Way to={paths.jobs}>{t("jobs.all")}</Way>
        {backUp()}
      </Match>
      <Match when={is("BACKUP_NONE", "BACKUP_OLD")}>{backUp()}</Match>
      <Match
        when={is("CERTIFICATE_NAMES", "DOMAIN_MISSING", "WEBSOCKET_BLOCKED") && may("seeNetwork")}
      >
        <Way to={paths.network}>{t("nav.network")}</Way>
      </Match>
    </Switch>
  );
}

function Way(props: { to: string; children: JSX.Element }) {
  return (
    <A href={props.to} class={buttonClass("plain", true)}>
      {props.children}
    </A>
  );
}
