import { type JSX, Show } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Icon } from "../ui/icon.tsx";
import { ImageStep } from "./image-step.tsx";

/** Guides a new installation to its first instance. */
export function FirstSteps(props: { create: JSX.Element }) {
  const live = useLive();
  return (
    <EmptyState
      drawing
      title={t("instances.empty")}
      text={t("instances.empty.text")}
      action={
        <Show when={live.system.data()} fallback={props.create}>
          {(status) => <Steps status={status()} create={props.create} />}
        </Show>
      }
    />
  );
}

function Steps(props: { status: SystemStatus; create: JSX.Element }) {
  const live = useLive();
  const docker = () => props.status.engine.reachable;
  const image = () => docker() && props.status.image.present;
  return (
    <ol class="flex w-112 max-w-[calc(100vw-5.5rem)] flex-col divide-y rounded-lg border bg-surface text-left">
      <Step
        done={docker()}
        number={1}
        text={docker() ? t("first.docker.done") : t("first.docker")}
        action={
          <Show when={!docker()}>
            <Button small busy={live.system.fetching()} onClick={() => void live.system.refetch()}>
              {t("action.checkAgain")}
            </Button>
          </Show>
        }
      />
      <Step
        done={image()}
        number={2}
        text={image() ? t("first.image.done") : t("first.image")}
        action={
          <Show when={docker() && !image()}>
            <ImageStep />
          </Show>
        }
      />
      <Step done={false} number={3} text={t("first.create")} action={props.create} />
    </ol>
  );
}

function Step(props: { done: boolean; number: number; text: string; action?: JSX.Element }) {
  return (
    <li class="flex min-h-13 flex-wrap items-center gap-3 px-4 py-2.5">
      <span
        data-done={props.done ? "" : undefined}
        class="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-2 text-xs tabular text-text-2 data-done:border-transparent data-done:bg-running-tint data-done:text-running"
      >
        <Show when={props.done} fallback={<span aria-hidden="true">{props.number}</span>}>
          <Icon name="check" />
        </Show>
      </span>
      <span class={`min-w-0 flex-1 basis-40 ${props.done ? "text-text-2" : ""}`}>{props.text}</span>
      {props.action}
    </li>
  );
}
