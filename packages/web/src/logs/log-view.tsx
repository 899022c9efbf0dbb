import { createEffect, Match, Show, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { createLogSearch } from "./create-log-search.ts";
import { createLogStream } from "./create-log-stream.ts";
import { createLogWindow } from "./create-log-window.ts";
import { LogLines } from "./log-lines.tsx";
import { LogToolbar } from "./log-toolbar.tsx";
import { OlderMark } from "./older-mark.tsx";

/** The live log of one instance. */
export function LogView(props: { instance: Instance }) {
  const api = useApi();
  // The view is made anew for another instance, so its id does not change.
  const stream = createLogStream(api, props.instance.id);
  const search = createLogSearch(stream);
  const window = createLogWindow(stream);
  createEffect(() => {
    if (window.atBeginning() && stream.older.state() === "more") void stream.older.load();
  });
  const isEmpty = () => stream.version() >= 0 && stream.ring.length === 0;

  return (
    <div class="flex min-h-80 flex-1 flex-col gap-3">
      <LogToolbar
        search={search}
        following={window.following()}
        onShow={window.show}
        onFollow={window.follow}
      />
      <Show when={stream.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <div class="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface">
        <LogLines
          label={t("logs.label", { name: props.instance.name })}
          source={stream}
          search={search}
          window={window}
          header={
            <Show when={!isEmpty()}>
              <OlderMark older={stream.older} />
            </Show>
          }
        />
        <Switch>
          <Match when={isEmpty() && stream.started()}>
            <p class="absolute inset-x-0 top-10 text-center text-text-3">{t("logs.empty")}</p>
          </Match>
          <Match when={isEmpty()}>
            <p role="status" class="absolute inset-x-0 top-10 text-center text-text-3">
              {t("logs.loading")}
            </p>
          </Match>
          <Match when={!window.following()}>
            <Button
              icon="arrowDown"
              onClick={window.follow}
              class="absolute right-5 bottom-4 animate-enter tabular shadow-float"
            >
              {window.missed() > 0
                ? t("logs.followNew", { count: window.missed() })
                : t("logs.follow")}
            </Button>
          </Match>
        </Switch>
      </div>
    </div>
  );
}
