import { A } from "@solidjs/router";
import { createEffect } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import type { LevelChoice } from "./create-log-filter.ts";
import { createLogPane } from "./create-log-pane.ts";
import { createLogStream } from "./create-log-stream.ts";
import { LogBody } from "./log-body.tsx";
import type { LogPreferencesState } from "./log-preferences.ts";
import { LogSearchBar } from "./log-search.tsx";

/** The log of one instance beside others. */
export function LogColumn(props: {
  instance: Instance;
  level: LevelChoice;
  preferences: LogPreferencesState;
}) {
  const stream = createLogStream(useApi(), props.instance.id);
  const pane = createLogPane(stream, props.preferences);
  createEffect(() => pane.filter.setLevel(props.level));
  return (
    <section
      aria-label={props.instance.name}
      class="flex min-h-80 min-w-0 flex-col gap-2 max-[900px]:h-[60vh]"
    >
      <h2 class="truncate font-medium">
        <A href={paths.instance(props.instance.id, "logs")} class="hover:underline">
          {props.instance.name}
        </A>
      </h2>
      <div class="flex">
        <LogSearchBar
          search={pane.search}
          preferences={props.preferences}
          onShow={pane.window.show}
          onFound={pane.window.reveal}
        />
      </div>
      <LogBody label={t("logs.label", { name: props.instance.name })} log={stream} pane={pane} />
    </section>
  );
}
