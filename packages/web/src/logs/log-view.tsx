import { createEffect, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { createLogPane } from "./create-log-pane.ts";
import { createLogStream } from "./create-log-stream.ts";
import { FollowButton } from "./follow-button.tsx";
import { LogDownload } from "./log-download.tsx";
import { LogFrame } from "./log-frame.tsx";
import { LogOptions } from "./log-options.tsx";
import { createLogPreferences } from "./log-preferences.ts";
import { LogSearchBar } from "./log-search.tsx";
import { OlderMark } from "./older-mark.tsx";

/** The live log of one instance. */
export function LogView(props: { instance: Instance }) {
  const api = useApi();
  // The view is made anew for another instance, so its id does not change.
  const stream = createLogStream(api, props.instance.id);
  const pane = createLogPane(stream, createLogPreferences());
  createEffect(() => {
    if (!pane.window.atBeginning() || stream.older.state() !== "more") return;
    // A choice of few lines would read the whole log to fill the window: only a reader asks then.
    if (pane.filter.level() === "all" || !pane.window.following()) void stream.older.load();
  });
  const hasLines = () => stream.version() >= 0 && stream.ring.length > 0;

  return (
    <div class="flex min-h-80 flex-1 flex-col gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <LogSearchBar
          search={pane.search}
          preferences={pane.preferences}
          onShow={pane.window.show}
        />
        <LogOptions
          level={pane.filter.level()}
          onLevel={pane.filter.setLevel}
          preferences={pane.preferences}
        />
        <LogDownload id={props.instance.id} />
        <FollowButton following={pane.window.following()} onFollow={pane.window.follow} />
      </div>
      <Show when={stream.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <LogFrame
        label={t("logs.label", { name: props.instance.name })}
        pane={pane}
        started={stream.started()}
        header={
          <Show when={hasLines()}>
            <OlderMark older={stream.older} />
          </Show>
        }
      />
    </div>
  );
}
