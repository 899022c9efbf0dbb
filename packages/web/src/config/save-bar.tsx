import { createSignal, Match, Show, Switch } from "solid-js";
import type { Instance } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { keepUncovered } from "../ui/toast-floor.ts";
import type { ConfigState } from "./create-config.ts";
import { createSaveResult } from "./create-save-result.ts";
import { type Comparison, DiffDialog } from "./diff-dialog.tsx";
import { discard } from "./discard.ts";
import { SaveOutcome, TakeEffect } from "./save-outcome.tsx";

const SAVE_KEYS = "Ctrl-S";

const NOTHING: Comparison = { before: "", after: "", changes: 0 };

interface SaveBarProps {
  config: ConfigState;
  instance: Instance;
  /** Number of places where the text differs from the file. */
  changes: number;
}

/** The state of the text relative to the file, and the result of saving. */
export function SaveBar(props: SaveBarProps) {
  // Another instance or file gets a new view.
  const { result, itself } = createSaveResult(props.config, () => props.instance);
  /** A running gateway judges the text itself; where there is no schema, nobody is asked. */
  const isForImage = () =>
    props.instance.status !== "running" && props.config.checks.hindrance() === null;
  return (
    <div
      ref={keepUncovered}
      class="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t bg-sunken px-3 py-2"
    >
      <div role="status" class="flex min-w-0 flex-1 basis-52 items-center gap-2 text-sm">
        <Switch fallback={<span class="text-text-3">{t("config.saved")}</span>}>
          <Match when={props.config.saving() && props.config.checks.asking()}>
            <Spinner />
            <span>{t("config.askingImage")}</span>
          </Match>
          <Match when={props.config.saving() && isForImage()}>
            <Spinner />
            <span>{t("config.imageJudges")}</span>
          </Match>
          <Match when={props.config.dirty()}>
            <span aria-hidden="true" class="size-2 shrink-0 rounded-full bg-unknown" />
            <span class="font-medium">{t("config.dirty")}</span>
            <Show when={props.changes > 0}>
              <span aria-hidden="true" class="text-text-3">
                ·
              </span>
              <span class="text-text-2 tabular whitespace-nowrap">
                {t("config.changes", { count: props.changes })}
              </span>
            </Show>
          </Match>
          <Match when={result()}>
            {(one) => (
              <SaveOutcome result={one()} itself={itself()} unjudged={props.config.unjudged()} />
            )}
          </Match>
        </Switch>
      </div>
      <TakeEffect result={result()} instance={props.instance} />
      <Show when={props.config.dirty()}>
        <UnsavedActions {...props} />
      </Show>
    </div>
  );
}

function UnsavedActions(props: SaveBarProps) {
  const [looking, setLooking] = createSignal(false);
  const [comparing, setComparing] = createSignal(false);
  const [comparison, setComparison] = createSignal<Comparison>(NOTHING);
  const compare = async () => {
    setLooking(true);
    try {
      const [{ countChanges }, after] = await Promise.all([
        import("./merge.ts"),
        props.config.toSave(),
      ]);
      if (!(await props.config.isCurrent())) return;
      const before = props.config.stored()?.text ?? "";
      setComparison({ before, after, changes: countChanges(before, after) });
      setComparing(true);
    } catch (error) {
      showFailure(t("config.failedCompare"), error, compare);
    } finally {
      setLooking(false);
    }
  };
  const conflict = () => props.config.theirs() !== undefined;
  return (
    <div class="ml-auto flex flex-wrap justify-end gap-2">
      <Button variant="ghost" onClick={() => discard(props.config, t("config.discarded"))}>
        {t("config.discard")}
      </Button>
      <Button busy={looking()} disabled={conflict()} onClick={() => void compare()}>
        {t("config.compare")}
      </Button>
      <Button
        busy={props.config.saving()}
        disabled={conflict()}
        onClick={() => void props.config.save()}
        aria-keyshortcuts="Control+S"
      >
        {t("config.save")}
        <kbd class="font-sans text-xs text-text-3 max-sm:hidden">{SAVE_KEYS}</kbd>
      </Button>
      <DiffDialog
        config={props.config}
        name={props.instance.name}
        comparison={comparison()}
        open={comparing() && !conflict()}
        onClose={() => setComparing(false)}
      />
    </div>
  );
}
