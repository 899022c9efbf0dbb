import { type JSX, Match, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import type { LogPane } from "./create-log-pane.ts";
import { LogLines } from "./log-lines.tsx";
import type { RowLook } from "./log-row.tsx";
import { MatchBar } from "./match-bar.tsx";

/** The lines of a pane, or a notice when there are none. */
export function LogFrame(props: {
  label: string;
  pane: LogPane;
  started: boolean;
  header?: JSX.Element;
  nameOf?: RowLook["nameOf"];
}) {
  const hidden = () => props.pane.source.version() >= 0 && props.pane.source.ring.length > 0;
  return (
    <div class="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface">
      <LogLines
        label={props.label}
        source={props.pane.filter}
        search={props.pane.search}
        window={props.pane.window}
        folds={props.pane.folds}
        preferences={props.pane.preferences.get()}
        header={props.header}
        nameOf={props.nameOf}
      />
      <MatchBar pane={props.pane} />
      <Switch>
        <Match when={props.pane.isEmpty() && hidden()}>
          <p class={NOTE}>{t("logs.noneOfLevel")}</p>
        </Match>
        <Match when={props.pane.isEmpty() && props.started}>
          <p class={NOTE}>{t("logs.empty")}</p>
        </Match>
        <Match when={props.pane.isEmpty()}>
          <p role="status" class={NOTE}>
            {t("logs.loading")}
          </p>
        </Match>
        <Match when={!props.pane.window.following()}>
          <Button
            icon="arrowDown"
            onClick={props.pane.window.follow}
            class="absolute right-5 bottom-4 animate-enter tabular shadow-float"
          >
            {props.pane.window.missed() > 0
              ? t("logs.followNew", { count: props.pane.window.missed() })
              : t("logs.follow")}
          </Button>
        </Match>
      </Switch>
    </div>
  );
}

const NOTE = "absolute inset-x-0 top-10 px-4 text-center text-text-3";
