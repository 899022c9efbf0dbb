import { isDiskNearlyFull, isMemoryNearlyFull } from "@claw/core/nearly-full";
import type { SystemStatus } from "../api/client.ts";
import { formatBytes, formatMemory, formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Meter } from "../ui/meter.tsx";

export function HostCard(props: { host: SystemStatus["host"]; version: string; home: string }) {
  const used = (total: number, free: number, format: (bytes: number) => string) =>
    t("system.used", { used: format(total - free), total: format(total) });
  return (
    <Card title={t("system.host")}>
      <Facts>
        <Fact label={t("system.memory")}>
          <Meter
            label={t("system.memory")}
            value={1 - props.host.memoryFree / props.host.memoryTotal}
            text={used(props.host.memoryTotal, props.host.memoryFree, formatMemory)}
            alarm={isMemoryNearlyFull(props.host)}
          />
        </Fact>
        <Fact label={t("system.disk")}>
          <Meter
            label={t("system.disk")}
            value={1 - props.host.diskFree / props.host.diskTotal}
            text={used(props.host.diskTotal, props.host.diskFree, formatBytes)}
            alarm={isDiskNearlyFull(props.host)}
          />
        </Fact>
        <Fact label={t("system.cpu")}>
          <span class="tabular">
            {t("system.load", {
              load: formatNumber(props.host.loadAverage),
              cpus: props.host.cpus,
            })}
          </span>
        </Fact>
        <Fact label={t("system.panelVersion")}>{props.version}</Fact>
        <Fact label={t("system.home")} wide>
          <code class="text-sm wrap-anywhere">{props.home}</code>
        </Fact>
      </Facts>
    </Card>
  );
}
