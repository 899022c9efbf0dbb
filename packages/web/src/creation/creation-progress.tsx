import { useNavigate } from "@solidjs/router";
import { For, Match, Show, Switch } from "solid-js";
import { AccessLink } from "../actions/access-link.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { Reason } from "../status/reason.tsx";
import { remedyTab } from "../status/status-words.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Spinner } from "../ui/spinner.tsx";
import type { Creation, StepState } from "./create-creation.ts";

/** The steps of a creation, then the link to the instance. */
export function CreationProgress(props: { creation: Creation; onLeave: () => void }) {
  return (
    <div class="flex flex-col gap-4 pt-1">
      <ol class="flex flex-col gap-2.5" aria-live="polite">
        <For each={props.creation.steps()}>
          {(step) => (
            <li class="flex items-center gap-2.5" data-state={step.state}>
              <StepMark state={step.state} />
              <span class={step.state === "waiting" ? "text-text-3" : ""}>{t(step.label)}</span>
            </li>
          )}
        </For>
      </ol>
      <Switch>
        <Match when={props.creation.failed()}>
          {(instance) => <Failed instance={instance()} onLeave={props.onLeave} />}
        </Match>
        <Match when={!props.creation.finished()}>
          <p class="text-sm text-text-2">{t("create.patience")}</p>
        </Match>
        <Match when={props.creation.instance()}>
          {(instance) => (
            <>
              <Show when={instance().status === "running"} fallback={<p>{t("create.madeOnly")}</p>}>
                <AccessLink instance={instance()} opens />
              </Show>
              <Next id={instance().id} onLeave={props.onLeave} />
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}

/** Suggests setting up a model: without one the instance answers nothing. */
function Next(props: { id: string; onLeave: () => void }) {
  const dialogs = useInstanceDialogs();
  return (
    <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border px-3 py-2.5">
      <p class="min-w-0 flex-1 basis-56 text-sm text-text-2">{t("create.next")}</p>
      <Button
        icon="sparkle"
        onClick={() => {
          props.onLeave();
          dialogs.init(props.id);
        }}
      >
        {t("action.initAsk")}
      </Button>
    </div>
  );
}

function StepMark(props: { state: StepState }) {
  return (
    <Switch fallback={<span aria-hidden="true" class="size-4 rounded-full border border-line-2" />}>
      <Match when={props.state === "doing"}>
        <Spinner class="text-busy" />
      </Match>
      <Match when={props.state === "done"}>
        <Icon name="check" class="text-running" />
      </Match>
      <Match when={props.state === "failed"}>
        <Icon name="alert" class="text-error" />
      </Match>
    </Switch>
  );
}

function Failed(props: { instance: Instance; onLeave: () => void }) {
  const navigate = useNavigate();
  return (
    <div role="alert" class="rounded-md bg-error-tint px-3 py-2.5">
      <Reason instance={props.instance} />
      <Button
        small
        class="mt-2"
        onClick={() => {
          navigate(paths.instance(props.instance.id, remedyTab(props.instance)));
          props.onLeave();
        }}
      >
        {t("action.look")}
      </Button>
    </div>
  );
}
