import { useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, For, Match, Show, Switch } from "solid-js";
import type { Instance } from "../api/client.ts";
import { locale, t } from "../i18n/i18n.ts";
import { compareBy } from "../instances/sort-instances.ts";
import { useLive } from "../live/live-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Segments } from "../ui/segments.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { LevelChoice } from "./create-log-filter.ts";
import { InstanceChips } from "./instance-chips.tsx";
import { LogColumn } from "./log-column.tsx";
import { LogOptions } from "./log-options.tsx";
import { createLogPreferences } from "./log-preferences.ts";
import { MergedLog } from "./merged-log.tsx";

type View = "columns" | "merged";

/** The logs of several instances; the address holds the selection and options. */
export function LogsPage() {
  const live = useLive();
  const [params, setParams] = useSearchParams<{ ids: string; view: string }>();
  const preferences = createLogPreferences();
  const [level, setLevel] = createSignal<LevelChoice>("all");

  const ids = createMemo(() => [...new Set((params.ids ?? "").split(",").filter(Boolean))]);
  const view = (): View => (params.view === "merged" ? "merged" : "columns");
  const chosen = () => ids().flatMap((id) => live.instances.get(id) ?? []);
  const others = () =>
    live.instances
      .list()
      .filter(({ id }) => !ids().includes(id))
      .sort(compareBy({ sort: "name", reversed: false }, { tag: locale() }));
  const choose = (next: readonly string[]) => setParams({ ids: next.join(",") });
  /** Changing this creates a new merged log. */
  const merged = createMemo(() =>
    chosen()
      .map(({ id }) => id)
      .join(),
  );

  return (
    <Page title={t("logs.page.title")} fill>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
        <InstanceChips
          chosen={chosen()}
          others={others()}
          onAdd={(id) => choose([...ids(), id])}
          onRemove={(id) => choose(ids().filter((other) => other !== id))}
        />
        <Show when={chosen().length > 0}>
          <div class="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">
            <LogOptions level={level()} onLevel={setLevel} preferences={preferences} />
            <Segments<View>
              label={t("logs.page.view")}
              value={view()}
              onChange={(next) => setParams({ view: next === "columns" ? undefined : next })}
              options={[
                { value: "columns", label: t("logs.page.columns") },
                { value: "merged", label: t("logs.page.merged") },
              ]}
            />
          </div>
        </Show>
      </div>
      <Switch>
        <Match when={!live.instances.loaded()}>
          <Skeleton class="h-80 w-full" />
        </Match>
        <Match when={chosen().length === 0}>
          <EmptyState title={t("logs.page.empty")} text={t("logs.page.empty.text")} />
        </Match>
        <Match when={view() === "merged" && merged()} keyed>
          <MergedLog instances={chosen()} level={level()} preferences={preferences} />
        </Match>
        <Match when={true}>
          <div class="grid min-h-0 flex-1 auto-cols-[minmax(20rem,1fr)] grid-flow-col -m-0.5 gap-4 overflow-x-auto p-0.5 max-[900px]:auto-cols-auto max-[900px]:grid-flow-row max-[900px]:overflow-visible">
            <For each={chosen().map(({ id }) => id)}>
              {(id) => (
                <Show when={live.instances.get(id)}>
                  {(instance: () => Instance) => (
                    <LogColumn instance={instance()} level={level()} preferences={preferences} />
                  )}
                </Show>
              )}
            </For>
          </div>
        </Match>
      </Switch>
    </Page>
  );
}
