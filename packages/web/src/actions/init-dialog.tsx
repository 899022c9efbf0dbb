import { Match, Show, Switch } from "solid-js";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { useJobEnds } from "../jobs/job-ends.tsx";
import { JobList } from "../jobs/job-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { AccessLink } from "./access-link.tsx";
import { createInitialisation } from "./create-initialisation.ts";
import { InitForm } from "./init-form.tsx";

/** Sets up an instance's model provider; closing it does not stop the job. */
export function InitDialog(props: { instance: Instance; onClose: () => void }) {
  // A dialog never changes its instance.
  const init = createInitialisation(props.instance.id);
  const tellEnd = useJobEnds();
  const close = () => {
    const job = init.job();
    if (job && init.running()) tellEnd(job);
    props.onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void init.begin();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={t("init.title", { name: props.instance.name })}
      description={init.job() ? undefined : t("init.text")}
      footer={
        <Switch>
          <Match when={init.running()}>
            <Button onClick={close}>{t("create.background")}</Button>
          </Match>
          <Match when={init.isDone()}>
            <Button onClick={props.onClose}>{t("action.done")}</Button>
          </Match>
          <Match when={init.job()}>
            <Button onClick={props.onClose}>{t("action.close")}</Button>
            <Button variant="primary" onClick={init.again}>
              {t("action.retry")}
            </Button>
          </Match>
          <Match when={true}>
            <Button onClick={props.onClose}>{t("action.cancel")}</Button>
            <Button variant="primary" type="submit" form="init-instance" busy={init.asking()}>
              {t("action.init")}
            </Button>
          </Match>
        </Switch>
      }
    >
      <Show
        when={init.job()}
        fallback={
          <form id="init-instance" onSubmit={submit} novalidate class="flex flex-col gap-4">
            <Show when={init.error()}>{(error) => <FailureNotice error={error()} />}</Show>
            <InitForm init={init} />
          </form>
        }
      >
        {(job) => (
          <div class="flex flex-col gap-4 pt-1" aria-live="polite">
            <JobList jobs={[job()]} />
            <Show when={init.isDone() && props.instance.status === "running"}>
              <AccessLink instance={props.instance} opens />
            </Show>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
