import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { formatMemory } from "../i18n/format.ts";
import { formatClock, formatCpu, formatRate } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { isMeasured } from "../live/measured.ts";
import { Card } from "../ui/card.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { MEMORY_STEPS } from "../ui/memory-steps.ts";
import { Segments } from "../ui/segments.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { createUsage } from "./create-usage.ts";

const Chart = lazyPart(() => import("../ui/chart.tsx"), "Chart", Waiting);

const LEAST_CPU = 10;
const LEAST_MEMORY = 128 * 1024 ** 2;
const LEAST_RATE = 5_000;

/** Processor, memory and network of one instance over time. */
export function UsageCard(props: { instance: Instance }) {
  const usage = createUsage(() => props.instance);
  const shared = () => ({
    syncKey: `usage of ${props.instance.id}`,
    times: usage.series().times,
    span: usage.span(),
    live: usage.live(),
    onHover: usage.setHovered,
  });
  const none = () => usage.series().times.length === 0;
  return (
    <Card
      title={t("usage.title")}
      action={
        <div class="flex items-center gap-3">
          <Show when={usage.hovered()}>
            {(time) => (
              <span class="text-xs tabular text-text-3">{formatClock(time() * 1000, true)}</span>
            )}
          </Show>
          <Segments
            label={t("usage.range")}
            value={usage.range()}
            onChange={usage.setRange}
            options={[
              { value: "recent", label: t("usage.range.recent") },
              { value: "hour", label: t("usage.range.hour") },
            ]}
          />
        </div>
      }
    >
      <Show
        when={isMeasured(props.instance.status) || !none()}
        fallback={<p class="text-text-2">{t("usage.off")}</p>}
      >
        <div class="grid grid-cols-1 gap-x-6 gap-y-4 min-[900px]:grid-cols-3">
          <Chart
            {...shared()}
            label={t("usage.cpu")}
            lines={[{ label: t("usage.cpu"), tone: "main", values: usage.series().cpu }]}
            leastMax={LEAST_CPU}
            format={formatCpu}
          />
          <Chart
            {...shared()}
            label={t("usage.memory")}
            lines={[
              { label: t("usage.memory.used"), tone: "main", values: usage.series().memory },
              { label: t("usage.limit"), tone: "limit", values: usage.series().memoryLimit },
            ]}
            leastMax={LEAST_MEMORY}
            steps={MEMORY_STEPS}
            format={formatMemory}
          />
          <Chart
            {...shared()}
            label={t("usage.network")}
            lines={[
              { label: t("usage.received"), tone: "main", values: usage.series().received },
              { label: t("usage.sent"), tone: "second", values: usage.series().sent },
            ]}
            leastMax={LEAST_RATE}
            format={formatRate}
          />
        </div>
      </Show>
    </Card>
  );
}

/** As high as a chart, so that nothing moves when it appears. */
function Waiting() {
  return <Skeleton class="h-39 w-full" />;
}
