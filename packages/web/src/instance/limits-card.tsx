import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { RouterOutputs } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatBytes, formatDuration, formatMemory, formatNumber } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

type Limits = RouterOutputs["instances"]["limits"];

const RESTART = {
  no: "limits.restart.no",
  always: "limits.restart.always",
  "unless-stopped": "limits.restart.unlessStopped",
} as const satisfies Record<Limits["restart"], PlainKey>;

/** The limits of the instance's container, from the template. */
export function LimitsCard(props: { id: string }) {
  const api = useApi();
  const limits = createQuery((signal) =>
    api.trpc.instances.limits.query({ id: props.id }, { signal }),
  );
  return (
    <Card title={t("limits.title")}>
      <Show
        when={limits.error()}
        fallback={
          <Facts>
            <Fact label={t("limits.memory")}>
              <Known value={limits.data()?.memoryBytes} format={formatMemory} />
            </Fact>
            <Fact label={t("limits.cpu")}>
              <Known value={limits.data()?.cpus} format={formatNumber} />
            </Fact>
            <Fact label={t("limits.pids")}>
              <Known value={limits.data()?.pids} format={formatNumber} />
            </Fact>
            <Fact label={t("limits.grace")}>
              <Known
                value={limits.data()?.stopGraceSeconds}
                format={(seconds) => formatDuration(seconds * 1000)}
              />
            </Fact>
            <Fact label={t("limits.restart")}>
              <Known value={limits.data()?.restart} format={(policy) => t(RESTART[policy])} />
            </Fact>
            <Fact label={t("limits.log")}>
              <Known value={logLimit(limits.data())} format={(text) => text} />
            </Fact>
          </Facts>
        }
      >
        {(error) => (
          <FailureNotice error={error()} retrying={limits.fetching()} onRetry={limits.refetch} />
        )}
      </Show>
    </Card>
  );
}

/** A value; a dash while unknown, and a word for none. */
function Known<Value>(props: {
  value: Value | null | undefined;
  format: (value: NonNullable<Value>) => string;
}) {
  const text = () => {
    if (props.value === undefined) return "–";
    return props.value === null ? t("limits.none") : props.format(props.value);
  };
  return <span class="tabular">{text()}</span>;
}

/** Undefined while unknown, null where Docker keeps everything. */
function logLimit(limits: Limits | undefined): string | null | undefined {
  if (!limits) return undefined;
  const { maxBytes, maxFiles } = limits.log;
  if (maxBytes === null) return null;
  return t("limits.log.files", { count: maxFiles ?? 1, size: formatBytes(maxBytes) });
}
