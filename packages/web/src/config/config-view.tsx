import { createEffect, createSignal, on, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { failureOf } from "../api/api-error.ts";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { createConfig } from "./create-config.ts";
import { EditorWaiting } from "./editor-waiting.tsx";
import { HistoryDialog } from "./history-dialog.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { LostNotice } from "./lost-notice.tsx";
import { SaveBar } from "./save-bar.tsx";
import { SharedChannelsNotice } from "./shared-channels-notice.tsx";
import { UncheckedLine } from "./unchecked-line.tsx";

const ConfigEditor = lazyPart(() => import("./config-editor.tsx"), "ConfigEditor", EditorWaiting);

/** The text editor of one instance's configuration. */
export function ConfigView(props: { instance: Instance }) {
  // Another instance gets a new view, so the id never changes here.
  const config = createConfig(useApi(), props.instance.id);
  const [changes, setChanges] = createSignal(0);
  const [isHistoryOpen, setIsHistoryOpen] = createSignal(false);
  createEffect(
    on(
      () => props.instance.image,
      () => {
        void config.checks.ask();
        void config.managed.ask();
      },
    ),
  );
  return (
    <div class="flex flex-1 flex-col gap-3">
      <Show when={config.loadError()}>
        {(error) => <FailureNotice error={error()} onRetry={config.load} />}
      </Show>
      <Show when={failureOf(config.loadError()) === "CONFIG_MISSING"}>
        <div>
          <Button icon="audit" onClick={() => setIsHistoryOpen(true)}>
            {t("history.title")}
          </Button>
        </div>
      </Show>
      <Show when={config.theirs()}>
        <ConflictNotice config={config} />
      </Show>
      <Show when={config.lost()}>{(lost) => <LostNotice config={config} lost={lost()} />}</Show>
      <SharedChannelsNotice warnings={config.warnings()} />
      <Show when={config.saveError()}>
        {(error) => <FailureNotice error={error()} brief={config.issues().length > 0} />}
      </Show>
      <Show when={!config.loadError()}>
        <div class="flex min-h-96 flex-[1_0_24rem] flex-col overflow-hidden rounded-lg border bg-surface focus-within:border-line-2">
          <Show when={config.stored()} fallback={<EditorWaiting />}>
            <ConfigEditor
              config={config}
              instance={props.instance}
              onHistory={() => setIsHistoryOpen(true)}
              onChanges={setChanges}
            />
            <Show when={config.checks.hindrance()}>
              {(hindrance) => <UncheckedLine hindrance={hindrance()} />}
            </Show>
            <SaveBar config={config} instance={props.instance} changes={changes()} />
          </Show>
        </div>
      </Show>
      <Show when={isHistoryOpen()}>
        <HistoryDialog
          config={config}
          instance={props.instance}
          onClose={() => setIsHistoryOpen(false)}
        />
      </Show>
      <LeaveGuard dirty={config.dirty()} text={t("leave.text")} />
    </div>
  );
}
