import { createEffect, createMemo, createSignal, Match, on, onMount, Show, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatWhen } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { now } from "../ui/now.ts";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { When } from "../ui/when.tsx";
import type { HistoryState, Version } from "./create-history.ts";
import { DiffExtent, type Extent } from "./diff-extent.tsx";
import { Marks } from "./version-list.tsx";
import { authorOf, versionName } from "./version-words.ts";

const Waiting = () => <Skeleton class="h-[min(52vh,32rem)] w-full" />;
const DiffView = lazyPart(() => import("./diff-view.tsx"), "DiffView", Waiting);

interface VersionViewProps {
  id: string;
  version: Version;
  history: HistoryState;
}

/** A version beside another: by default the one before it, for the first one that of the file. */
export function VersionView(props: VersionViewProps) {
  // The last one that was loaded has the one before it on the next page.
  const lacksFormer = () =>
    props.history.hasMore() &&
    !props.history.versions()?.some(({ version }) => version < props.version.version);
  const loadFormer = () => void props.history.more();
  onMount(() => lacksFormer() && loadFormer());
  return (
    <Show when={lacksFormer()} fallback={<Comparison {...props} />}>
      <Show when={props.history.error()} fallback={<Waiting />}>
        {(thrown) => <FailureNotice error={thrown()} onRetry={loadFormer} />}
      </Show>
    </Show>
  );
}

function Comparison(props: VersionViewProps) {
  const api = useApi();
  const [chosen, setChosen] = createSignal<string>();
  const [extent, setExtent] = createSignal<Extent>("changes");
  const others = createMemo(() =>
    (props.history.versions() ?? []).filter(({ version }) => version !== props.version.version),
  );
  const usual = () =>
    others().find(({ version }) => version < props.version.version) ??
    others().find(({ current }) => current) ??
    props.version;
  const against = () => Number(chosen() ?? usual().version);
  const difference = createQuery((signal) => {
    const input = { id: props.id, from: against(), to: props.version.version };
    return api.trpc.instances.compareConfigs.query(input, { signal });
  });
  createEffect(on(against, () => void difference.refetch(), { defer: true }));
  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-text-2">
        <Marks version={props.version} lastHealthy={props.history.lastHealthy()} />
        <span class="wrap-anywhere">{authorOf(props.version)}</span>
        <When iso={props.version.at} />
      </div>
      <div class="flex flex-wrap items-end justify-between gap-2">
        <Show when={others().length > 0} fallback={<span />}>
          <Select
            class="min-w-56"
            label={t("history.against")}
            value={String(against())}
            onChange={setChosen}
            options={others().map((other) => ({
              value: String(other.version),
              label: `${versionName(other)} · ${formatWhen(other.at, now())}`,
            }))}
          />
        </Show>
        <DiffExtent value={extent()} onChange={setExtent} />
      </div>
      <Switch fallback={<Waiting />}>
        <Match when={difference.error()}>
          {(thrown) => <FailureNotice error={thrown()} onRetry={difference.refetch} />}
        </Match>
        <Match when={difference.data()}>
          {(two) => (
            <DiffView
              label={t("history.diff", {
                from: String(two().from.version),
                to: String(two().to.version),
              })}
              before={two().from.text}
              after={two().to.text}
              whole={extent() === "whole" || two().from.version === two().to.version}
            />
          )}
        </Match>
      </Switch>
    </div>
  );
}
