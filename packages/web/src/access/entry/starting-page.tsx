import { useLocation, useParams } from "@solidjs/router";
import { type JSX, Match, Show, Switch } from "solid-js";
import type { Instance } from "../../api/client.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { formatDuration } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { Reason } from "../../status/reason.tsx";
import { remedyTab, statusSentence } from "../../status/status-words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { now } from "../../ui/now.ts";
import { Progress } from "../../ui/progress.tsx";
import { createStarting, type StartingState } from "./create-starting.ts";
import { EntryPage } from "./entry-page.tsx";

/** A gateway on an idle machine (facts, 6). */
const USUAL_MS = 25_000;
/** Of the bar, after the usual time; from then on it comes ever slower. */
const BY_USUAL_TIME = 0.8;

/** The page of a tab from the press of "Start and open" until the instance's own page. */
export function StartingPage() {
  const params = useParams<{ id: string }>();
  const location = useLocation();
  const since = () => new URLSearchParams(location.hash.slice(1)).get("since") ?? undefined;
  const page = createStarting(params.id, since);
  const failed = () => page.opening.error() ?? page.starting.error();
  const retry = () =>
    page.opening.error() === undefined ? page.starting.run(undefined) : page.opening.run(undefined);
  const of = (...kinds: StartingState["is"][]) => {
    const state = page.state();
    return kinds.includes(state.is) && "instance" in state ? state.instance : undefined;
  };
  const startAgain = (words: string) => (
    <Button
      variant="primary"
      icon="play"
      busy={page.starting.busy()}
      onClick={() => void page.starting.run(undefined)}
    >
      {words}
    </Button>
  );
  return (
    <EntryPage title={titleOf(page.state())} text={textOf(page.state())}>
      <Switch>
        <Match when={failed()}>
          {(error) => (
            <FailureNotice
              error={error()}
              retrying={page.opening.busy() || page.starting.busy()}
              onRetry={retry}
            />
          )}
        </Match>
        <Match when={of("starting", "opening")}>
          {(instance) => <Underway instance={instance()} />}
        </Match>
        <Match when={of("failed")}>
          {(instance) => (
            <div role="alert" class="rounded-md bg-error-tint px-3 py-2.5">
              <Reason instance={instance()} />
            </div>
          )}
        </Match>
      </Switch>
      <div class="flex flex-wrap gap-2 *:grow sm:*:grow-0">
        <Switch>
          <Match when={of("failed")}>
            {(instance) => (
              <>
                {startAgain(t("action.retry"))}
                <Leave href={paths.instance(instance().id, remedyTab(instance()))}>
                  {t("action.look")}
                </Leave>
              </>
            )}
          </Match>
          <Match when={of("stopped")}>{startAgain(t("action.start"))}</Match>
          <Match when={of("starting", "opening")}>
            {(instance) => (
              <Leave href={paths.instance(instance().id, "logs")}>{t("starting.logs")}</Leave>
            )}
          </Match>
        </Switch>
        <Leave href={paths.dashboard}>{t("opening.panel")}</Leave>
      </div>
    </EntryPage>
  );
}

/** A link to a page of the panel, which has a frame that this one lacks. */
function Leave(props: { href: string; children: JSX.Element }) {
  return (
    <a class={buttonClass("plain")} href={props.href}>
      {props.children}
    </a>
  );
}

/** How far it is: nothing measures a start, so time does. */
function Underway(props: { instance: Instance }) {
  const begun = Date.now();
  const elapsed = () => Math.max(0, now() - begun);
  const isUp = () => props.instance.status === "running";
  const part = () => (isUp() ? 1 : 1 - (1 - BY_USUAL_TIME) ** (elapsed() / USUAL_MS));
  return (
    <div class="flex flex-col gap-2">
      <Progress label={t("starting.progress")} value={part()} />
      <p class="flex flex-wrap justify-between gap-x-3 text-sm text-text-2">
        <span role="status" class="min-w-0 wrap-anywhere">
          {stepOf(props.instance)}
        </span>
        <Show when={elapsed() >= 1_000}>
          <span class="text-text-3 tabular">{formatDuration(elapsed())}</span>
        </Show>
      </p>
    </div>
  );
}

function stepOf(instance: Instance): string {
  if (instance.status === "running") return t("starting.step.open");
  const isOld = instance.status === "error";
  const said = isOld ? null : statusSentence(instance);
  if (said !== null) return said;
  return t(instance.startedAt === null ? "starting.step.container" : "starting.step.gateway");
}

function titleOf(state: StartingState): string {
  switch (state.is) {
    case "loading":
      return t("starting.loading");
    case "gone":
      return t("starting.gone");
    case "opening":
      return t("starting.opening", { name: state.instance.name });
    case "failed":
      return t("starting.failed", { name: state.instance.name });
    case "stopped":
      return t("starting.stopped", { name: state.instance.name });
    case "starting":
      return t("starting.title", { name: state.instance.name });
  }
}

function textOf({ is }: StartingState): string | undefined {
  if (is === "gone") return t("starting.gone.text");
  if (is === "stopped") return t("starting.stopped.text");
  return is === "starting" ? t("starting.text") : undefined;
}
