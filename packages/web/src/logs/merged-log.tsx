import { createEffect } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import type { LevelChoice } from "./create-log-filter.ts";
import { createLogPane } from "./create-log-pane.ts";
import { createMergedLog } from "./create-merged-log.ts";
import { FollowButton } from "./follow-button.tsx";
import { LogBody } from "./log-body.tsx";
import type { LogPreferencesState } from "./log-preferences.ts";
import { LogSearchBar } from "./log-search.tsx";
import { toneOf } from "./source-tone.ts";

/** The logs of several instances merged by time; another selection gets a new one. */
export function MergedLog(props: {
  instances: readonly Instance[];
  level: LevelChoice;
  preferences: LogPreferencesState;
}) {
  const ids = props.instances.map((instance) => instance.id);
  const log = createMergedLog(useApi(), ids);
  const pane = createLogPane(log, props.preferences);
  createEffect(() => pane.filter.setLevel(props.level));
  const nameOf = (id: string) => ({
    name: props.instances.find((instance) => instance.id === id)?.name ?? id,
    tone: toneOf(ids.indexOf(id)),
  });
  return (
    <div class="flex min-h-80 flex-1 flex-col gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <LogSearchBar
          search={pane.search}
          preferences={props.preferences}
          onShow={pane.window.show}
          onFound={pane.window.reveal}
        />
        <FollowButton following={pane.window.following()} onFollow={pane.window.follow} />
      </div>
      <LogBody label={t("logs.merged.label")} log={log} pane={pane} nameOf={nameOf} />
    </div>
  );
}
