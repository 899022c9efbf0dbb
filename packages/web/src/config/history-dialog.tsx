import { createSignal, Match, Show, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { ConfigState } from "./create-config.ts";
import { createHistory, type Version } from "./create-history.ts";
import { VersionList } from "./version-list.tsx";
import { VersionView } from "./version-view.tsx";
import { versionName } from "./version-words.ts";

/** Every version of the configuration, with its changes, its author and the way back to it. */
export function HistoryDialog(props: {
  config: ConfigState;
  instance: Instance;
  onClose: () => void;
}) {
  const history = createHistory(useApi(), props.instance.id);
  const [chosen, setChosen] = createSignal<Version>();
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => open || props.onClose()}
      title={titleOf(chosen())}
      description={chosen() ? undefined : t("history.text")}
      footer={
        <Show
          when={chosen()}
          fallback={<Button onClick={props.onClose}>{t("action.close")}</Button>}
        >
          {(version) => (
            <RestoreButtons
              config={props.config}
              version={version()}
              onBack={() => setChosen(undefined)}
              onDone={props.onClose}
            />
          )}
        </Show>
      }
    >
      <Switch fallback={<Skeleton class="h-40 w-full" />}>
        <Match when={history.error()}>
          {(thrown) => (
            <FailureNotice error={thrown()} onRetry={history.reload} retrying={history.loading()} />
          )}
        </Match>
        <Match when={chosen()} keyed>
          {(version) => <VersionView id={props.instance.id} version={version} history={history} />}
        </Match>
        <Match when={history.versions()}>
          {(versions) => (
            <VersionList history={history} versions={versions()} onChoose={setChosen} />
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}

const titleOf = (version: Version | undefined) =>
  version ? versionName(version) : t("history.title");

/** Restoring asks once more: it writes the file. */
function RestoreButtons(props: {
  config: ConfigState;
  version: Version;
  onBack: () => void;
  onDone: () => void;
}) {
  const [asking, setAsking] = createSignal(false);
  const call = createCall(async () => {
    await props.config.restore(props.version.version);
    props.onDone();
  });
  return (
    <Show
      when={asking()}
      fallback={
        <>
          <Button onClick={props.onBack}>{t("history.all")}</Button>
          <Button
            variant="primary"
            disabled={props.version.current}
            onClick={() => setAsking(true)}
          >
            {t("history.restore")}
          </Button>
        </>
      }
    >
      <div class="w-full">
        <Show
          when={call.error()}
          fallback={
            <Notice
              tone="warning"
              title={t("history.ask", { version: String(props.version.version) })}
            >
              <p>{props.config.dirty() ? t("history.ask.dirty") : t("history.ask.text")}</p>
            </Notice>
          }
        >
          {(thrown) => <FailureNotice error={thrown()} />}
        </Show>
      </div>
      <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
      <Button variant="primary" busy={call.busy()} onClick={() => void call.run(undefined)}>
        {t("history.restoreNow")}
      </Button>
    </Show>
  );
}
