import { createSignal, createUniqueId, For, Match, Show, Switch } from "solid-js";
import { explain } from "../api/api-error.ts";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { issueWords } from "../config/issue-words.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";
import { Icon } from "../ui/icon.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { PreviewItem, RolloutState } from "./create-rollout.ts";

const Waiting = () => <Skeleton class="h-[min(52vh,32rem)] w-full" />;
const DiffView = lazyPart(() => import("../config/diff-view.tsx"), "DiffView", Waiting);

const EFFECTS: Record<NonNullable<PreviewItem["effect"]>, PlainKey> = {
  hot: "rollout.effect.hot",
  restart: "rollout.effect.restart",
  "next-start": "rollout.effect.nextStart",
};

/** One instance; those that change can be opened to see how. */
export function PreviewRow(props: { item: PreviewItem; rollout: RolloutState }) {
  const [open, setOpen] = createSignal(false);
  const diffId = createUniqueId();
  return (
    <li class="flex flex-col gap-2 px-3 py-2" data-changed={props.item.changed}>
      <Show
        when={props.item.changed}
        fallback={
          <div class="flex items-baseline gap-2">
            <Name item={props.item} />
          </div>
        }
      >
        <button
          type="button"
          aria-expanded={open()}
          aria-controls={open() ? diffId : undefined}
          onClick={() => setOpen(!open())}
          class="flex items-baseline gap-2 text-left"
        >
          <Icon name={open() ? "chevronDown" : "chevronRight"} class="self-center text-text-3" />
          <Name item={props.item} />
        </button>
        <p class="font-mono text-xs wrap-anywhere text-text-2">{props.item.paths.join(", ")}</p>
      </Show>
      <Problems item={props.item} />
      <Show when={props.item.note}>
        {(note) => <p class="text-xs wrap-anywhere text-text-3">{note()}</p>}
      </Show>
      <Show when={open()}>
        <div id={diffId}>
          <Difference item={props.item} rollout={props.rollout} />
        </div>
      </Show>
    </li>
  );
}

function Name(props: { item: PreviewItem }) {
  const what = () => {
    if (!props.item.valid) return t("rollout.state.refused");
    const { effect, restartsItself } = props.item;
    if (restartsItself) return t("rollout.effect.itself");
    return effect === null ? t("rollout.state.same") : t(EFFECTS[effect]);
  };
  return (
    <>
      <span class="truncate font-medium">{props.item.name}</span>
      <span class="truncate font-mono text-xs text-text-3">{props.item.id}</span>
      <span class={`ml-auto shrink-0 text-xs ${props.item.valid ? "text-text-2" : "text-error"}`}>
        {what()}
      </span>
    </>
  );
}

/** The places at which it would be wrong or, without any, the reason. */
function Problems(props: { item: PreviewItem }) {
  const reason = () => {
    const { problem, issues } = props.item;
    if (problem === null || issues.length > 0) return null;
    const { what, fix, detail } = explain(problem.reason, problem.message);
    return joinSentences(what, detail ?? fix);
  };
  return (
    <>
      <Show when={reason()}>
        {(words) => <p class="text-sm wrap-anywhere text-text-2">{words()}</p>}
      </Show>
      <Show when={props.item.issues.length > 0}>
        <ul class="text-sm text-text-2">
          <For each={props.item.issues}>
            {(issue) => (
              <li class="wrap-anywhere">
                <span class="font-mono text-xs text-text-3 tabular">
                  {t("config.place", { line: String(issue.line), column: String(issue.column) })}
                </span>{" "}
                {issueWords(issue)}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

function Difference(props: { item: PreviewItem; rollout: RolloutState }) {
  const texts = createQuery((signal) => props.rollout.textsOf(props.item, signal));
  return (
    <Switch fallback={<Waiting />}>
      <Match when={texts.error()}>
        {(thrown) => <FailureNotice error={thrown()} onRetry={texts.refetch} />}
      </Match>
      <Match when={texts.data()}>
        {(two) => (
          <DiffView
            label={t("rollout.diff", { name: props.item.name })}
            before={two().before}
            after={two().after}
            whole={false}
          />
        )}
      </Match>
    </Switch>
  );
}
