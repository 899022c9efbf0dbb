import { Match, Show, Switch } from "solid-js";
import type { Backup } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { JobClose } from "../jobs/job-close.tsx";
import { useJobEnds } from "../jobs/job-ends.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { createRestore, type Restore } from "./create-restore.ts";
import { RestoreChoices } from "./restore-choices.tsx";
import { RestorePreview } from "./restore-preview.tsx";
import { RestoreProgress } from "./restore-progress.tsx";

const STEPS = ["restore.step.choose", "restore.step.preview", "restore.step.progress"] as const;

/** Three steps: choice, preview, progress. Closing it stops nothing. */
export function RestoreDialog(props: {
  backup: Backup;
  preset: readonly string[] | undefined;
  onClose: () => void;
}) {
  // A dialog shows its backup as it was on opening.
  const restore = createRestore({ ...props.backup }, props.preset);
  const tellEnd = useJobEnds();
  const close = () => {
    const job = restore.request.job();
    if (job && restore.request.running()) tellEnd(job);
    props.onClose();
  };
  const step = () => (restore.request.job() ? 2 : restore.plan() ? 1 : 0);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || close()}
      title={t("restore.title")}
      footer={<Buttons restore={restore} step={step()} onClose={close} />}
    >
      <Steps current={step()} />
      <Switch>
        <Match when={step() === 0}>
          <RestoreChoices restore={restore} />
        </Match>
        <Match when={step() === 1}>
          <RestorePreview restore={restore} />
        </Match>
        <Match when={restore.request.job()}>
          {(job) => <RestoreProgress job={job()} onClose={close} />}
        </Match>
      </Switch>
    </Dialog>
  );
}

function Steps(props: { current: number }) {
  return (
    <ol class="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {STEPS.map((key, index) => (
        <li
          aria-current={props.current === index ? "step" : undefined}
          class="text-text-3 aria-[current]:font-medium aria-[current]:text-text"
        >
          <span class="tabular">{index + 1}</span> {t(key)}
        </li>
      ))}
    </ol>
  );
}

function Buttons(props: { restore: Restore; step: number; onClose: () => void }) {
  return (
    <Switch>
      <Match when={props.step === 0}>
        <Button onClick={props.onClose}>{t("action.cancel")}</Button>
        <Button
          variant="primary"
          type="submit"
          form="restore-choices"
          busy={props.restore.planning()}
          disabled={!props.restore.ready()}
        >
          {t("restore.next")}
        </Button>
      </Match>
      <Match when={props.step === 1}>
        <Button onClick={props.restore.back}>{t("restore.back")}</Button>
        <Button
          variant={props.restore.replaced().length > 0 ? "danger" : "primary"}
          type="submit"
          form="restore-preview"
          busy={props.restore.request.asking()}
          disabled={!props.restore.confirmed()}
        >
          {t("restore.begin")}
        </Button>
      </Match>
      <Match when={props.step === 2}>
        <Show when={!props.restore.request.running() && !props.restore.request.succeeded()}>
          <Button onClick={props.restore.request.again}>{t("restore.back")}</Button>
        </Show>
        <JobClose running={props.restore.request.running()} onClose={props.onClose} />
      </Match>
    </Switch>
  );
}
