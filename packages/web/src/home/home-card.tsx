import { A } from "@solidjs/router";
import { Show } from "solid-js";
import {
  type Action,
  isAllowed,
  startOrStop,
  useInstanceActions,
} from "../actions/instance-actions.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import { StopNow } from "../actions/stop-now.tsx";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useJobEnds } from "../jobs/job-ends.tsx";
import { paths } from "../routes.ts";
import { Reason } from "../status/reason.tsx";
import { StatusBadge } from "../status/status-badge.tsx";
import { remedyTab, statusSentence } from "../status/status-words.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { createBackUp } from "./create-back-up.ts";
import { createModelState } from "./create-model-state.ts";
import { ModelFirst } from "./model-first.tsx";

/** An instance of a member: its status and its most important button. */
export function HomeCard(props: { instance: Instance }) {
  const actions = useInstanceActions();
  const dialogs = useInstanceDialogs();
  const backUp = createBackUp(useApi(), () => props.instance, useJobEnds());
  const model = createModelState(props.instance.id);
  const pending = () => actions.pending(props.instance.id);
  /** The action of the big button: opening starts a stopped instance. */
  const opening = () =>
    pending() === "startAndOpen" || isAllowed("startAndOpen", props.instance.status)
      ? "startAndOpen"
      : "open";
  const bind = (action: Action) => ({
    busy: pending() === action,
    disabled: pending() !== undefined || !isAllowed(action, props.instance.status),
    onClick: () => void actions.run(props.instance, action),
  });
  const openWords = () => {
    if (pending() === "startAndOpen") return t("home.starting");
    return t(opening() === "open" ? "action.open" : "home.startAndOpen");
  };
  return (
    <li class="flex min-w-0 flex-col gap-4 rounded-lg border bg-surface p-5">
      <div class="flex items-start justify-between gap-3">
        <div class="min-w-0">
          <h2 class="text-lg font-semibold wrap-anywhere">
            <A href={paths.instance(props.instance.id)} class="underline-offset-3 hover:underline">
              {props.instance.name}
            </A>
          </h2>
          <p class="font-mono text-xs wrap-anywhere text-text-3">{props.instance.id}</p>
        </div>
        <StatusBadge status={props.instance.status} />
      </div>
      <Show when={statusSentence(props.instance)}>
        <A
          href={paths.instance(props.instance.id, remedyTab(props.instance))}
          class="flex items-start gap-1.5 text-sm text-text-2 underline-offset-3 hover:underline"
        >
          <Reason instance={props.instance} />
          <Icon name="chevronRight" class="mt-0.5" />
        </A>
      </Show>
      <StopNow instance={props.instance} />
      <Show when={model.isKnown()} fallback={<Skeleton class="h-25 w-full rounded-md" />}>
        <Show when={model.isMissing()}>
          <ModelFirst name={props.instance.name} onSetUp={() => dialogs.init(props.instance.id)} />
        </Show>
        <Button
          variant={model.isMissing() ? "plain" : "primary"}
          icon="open"
          aria-label={t(opening() === "open" ? "action.openNamed" : "home.startAndOpenNamed", {
            name: props.instance.name,
          })}
          class="h-11! w-full text-lg!"
          {...bind(opening())}
        >
          {openWords()}
        </Button>
        <div class="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
          <Show
            when={startOrStop(props.instance, pending()) === "stop"}
            fallback={
              <Button
                icon="play"
                aria-label={t("action.startNamed", { name: props.instance.name })}
                {...bind("start")}
              >
                {t("action.start")}
              </Button>
            }
          >
            <Button
              icon="stop"
              aria-label={t("action.stopNamed", { name: props.instance.name })}
              {...bind("stop")}
            >
              {t("action.stop")}
            </Button>
          </Show>
          <Button
            variant="ghost"
            icon="sparkle"
            aria-label={t("action.initNamed", { name: props.instance.name })}
            onClick={() => dialogs.init(props.instance.id)}
          >
            {t("action.initAsk")}
          </Button>
          <A href={paths.instance(props.instance.id, "logs")} class={buttonClass("ghost")}>
            <Icon name="logs" />
            {t("tab.logs")}
          </A>
          <A href={paths.instance(props.instance.id, "config")} class={buttonClass("ghost")}>
            <Icon name="file" />
            {t("tab.config")}
          </A>
          <Button
            variant="ghost"
            icon="archive"
            busy={backUp.busy()}
            onClick={() => void backUp.run()}
          >
            {t("home.backUp")}
          </Button>
        </div>
      </Show>
    </li>
  );
}
