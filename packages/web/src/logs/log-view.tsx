import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { createLogPane } from "./create-log-pane.ts";
import { createLogStream } from "./create-log-stream.ts";
import { FollowButton } from "./follow-button.tsx";
import { LogBody } from "./log-body.tsx";
import { LogDownload } from "./log-download.tsx";
import { LogOptions } from "./log-options.tsx";
import { createLogPreferences } from "./log-preferences.ts";
import { LogSearchBar } from "./log-search.tsx";

/** The live log of one instance. */
export function LogView(props: { instance: Instance }) {
  const api = useApi();
  // Another instance gets a new view, so the id never changes here.
  const stream = createLogStream(api, props.instance.id);
  const pane = createLogPane(stream, createLogPreferences());

  return (
    <div class="flex min-h-80 flex-1 flex-col gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <LogSearchBar
          search={pane.search}
          preferences={pane.preferences}
          onShow={pane.window.show}
          onFound={pane.window.reveal}
        />
        <LogOptions
          level={pane.filter.level()}
          onLevel={pane.filter.setLevel}
          preferences={pane.preferences}
        />
        <LogDownload id={props.instance.id} />
        <FollowButton following={pane.window.following()} onFollow={pane.window.follow} />
      </div>
      <LogBody label={t("logs.label", { name: props.instance.name })} log={stream} pane={pane} />
    </div>
  );
}
