import { isDiskNearlyFull, isMemoryNearlyFull } from "@claw/core/nearly-full";
import { A } from "@solidjs/router";
import { Show } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { formatBytes, formatMemory, formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Meter } from "../ui/meter.tsx";
import { StateWord } from "../ui/state-word.tsx";

/** The host of the instances: its engine and resource usage. */
export function MachineCard(props: { status: SystemStatus }) {
  const engine = () => props.status.engine;
  const host = () => props.status.host;
  return (
    <Card
      title={t("system.host")}
      action={
        <A href={paths.system} class={`${buttonClass("ghost", true)} -mr-2`}>
          {t("dashboard.system")}
        </A>
      }
    >
      <Facts>
        <Fact label={engine().kind === "memory" ? t("machine.memoryEngine") : t("system.docker")}>
          <StateWord good={engine().reachable}>
            {engine().reachable ? t("system.reachable") : t("system.unreachable")}
          </StateWord>
        </Fact>
        <Fact label={t("system.version")}>{engine().version ?? "–"}</Fact>
        {/* Windows has no load average; the panel then reports 0. */}
        <Show when={host().loadAverage > 0}>
          <Use
            label={t("system.cpu")}
            share={Math.min(1, host().loadAverage / host().cpus)}
            text={t("system.load", {
              load: formatNumber(Math.round(host().loadAverage * 10) / 10),
              cpus: host().cpus,
            })}
          />
        </Show>
        <Amount
          label={t("system.memory")}
          total={host().memoryTotal}
          free={host().memoryFree}
          format={formatMemory}
          alarm={isMemoryNearlyFull(host())}
        />
        <Amount
          label={t("system.disk")}
          total={host().diskTotal}
          free={host().diskFree}
          format={formatBytes}
          alarm={isDiskNearlyFull(host())}
        />
      </Facts>
    </Card>
  );
}

function Amount(props: {
  label: string;
  total: number;
  free: number;
  format: (bytes: number) => string;
  alarm: boolean;
}) {
  return (
    <Use
      label={props.label}
      share={1 - props.free / props.total}
      alarm={props.alarm}
      text={t("system.used", {
        used: props.format(props.total - props.free),
        total: props.format(props.total),
      })}
    />
  );
}

function Use(props: { label: string; share: number; text: string; alarm?: boolean }) {
  return (
    <Fact label={props.label} wide>
      <Meter
        label={props.label}
        value={props.share}
        text={props.text}
        alarm={props.alarm ?? false}
      />
    </Fact>
  );
}
