import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { formatMemory } from "../i18n/format.ts";
import { formatCpu } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { RECENT_MS } from "../live/sample-ring.ts";
import { paths } from "../routes.ts";
import { Card } from "../ui/card.tsx";
import { Segments } from "../ui/segments.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { createTop, type Resource, type Top } from "./create-top.ts";

const SPARK_WIDTH = 96;
const LEAST_CPU_SCALE = 25;

/** Total usage, and the five instances that use the most. */
export function UsageTogetherCard() {
  const live = useLive();
  const top = createTop();
  const host = () => live.system.data()?.host;
  const points = (resource: Resource) =>
    top.history().map((sample) => ({ at: sample.at, value: sample[resource] }));
  const total = (resource: Resource, format: (value: number) => string) => {
    const sample = top.together();
    return sample ? format(sample[resource]) : "–";
  };
  const scale = (resource: Resource, least: number) =>
    Math.max(least, 1.25 * Math.max(0, ...points(resource).map(({ value }) => value)));
  return (
    <Card title={t("together.title")}>
      <div class="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
        <Total
          label={t("usage.cpu")}
          value={total("cpu", formatCpu)}
          known={host() !== undefined}
          of={t("together.cores", { cpus: host()?.cpus ?? 0 })}
        >
          <Sparkline
            points={points("cpu")}
            spanMs={RECENT_MS}
            max={scale("cpu", LEAST_CPU_SCALE)}
            width={SPARK_WIDTH}
          />
        </Total>
        <Total
          label={t("usage.memory")}
          value={total("memory", formatMemory)}
          known={host() !== undefined}
          of={t("together.memory", { total: formatMemory(host()?.memoryTotal ?? 0) })}
        >
          <Sparkline
            points={points("memory")}
            spanMs={RECENT_MS}
            max={scale("memory", 1)}
            width={SPARK_WIDTH}
          />
        </Total>
      </div>
      <TopFive top={top} />
    </Card>
  );
}

function Total(props: {
  label: string;
  value: string;
  of: string;
  /** Whether the total it is part of is known. */
  known: boolean;
  children: JSX.Element;
}) {
  return (
    <div class="flex items-center justify-between gap-4">
      <div class="min-w-0">
        <p class="text-xs text-text-3">{props.label}</p>
        <p class="flex h-7 items-baseline gap-2 whitespace-nowrap">
          <span class="text-xl font-semibold tabular">{props.value}</span>
          <Show when={props.known}>
            <span class="truncate text-xs text-text-3">{props.of}</span>
          </Show>
        </p>
      </div>
      {props.children}
    </div>
  );
}

function TopFive(props: { top: Top }) {
  const text = (id: string) => {
    const value = props.top.value(id);
    if (value === undefined) return "–";
    return props.top.by() === "cpu" ? formatCpu(value) : formatMemory(value);
  };
  const share = (id: string) => (props.top.value(id) ?? 0) / (props.top.largest() || 1);
  return (
    <section aria-labelledby="top-five" class="mt-4 border-t pt-3">
      <header class="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h3 id="top-five" class="text-xs text-text-3">
          {t("top.title")}
        </h3>
        <Segments
          label={t("top.by")}
          value={props.top.by()}
          onChange={props.top.setBy}
          options={[
            { value: "cpu", label: t("usage.cpu") },
            { value: "memory", label: t("usage.memory") },
          ]}
        />
      </header>
      <Show
        when={props.top.ids().length > 0}
        fallback={
          <p class="text-text-2">{props.top.engineAway() ? t("top.unknown") : t("top.none")}</p>
        }
      >
        <ol class="flex flex-col">
          <For each={props.top.ids()}>
            {(id) => (
              <li class="grid h-8 grid-cols-[minmax(0,2fr)_3fr_4.5rem] items-center gap-3">
                <A href={paths.instance(id)} class="truncate underline-offset-3 hover:underline">
                  {props.top.name(id)}
                </A>
                <span aria-hidden="true" class="h-1.5 overflow-hidden rounded-full bg-line">
                  <span
                    class="block h-full rounded-full bg-text-3 transition-[width] duration-180"
                    style={{ width: `${share(id) * 100}%` }}
                  />
                </span>
                <span class="text-right whitespace-nowrap tabular text-text-2">{text(id)}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}
