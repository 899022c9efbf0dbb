import { For } from "solid-js";
import type { NetworkStatus } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

interface Setting {
  label: PlainKey;
  value: string;
  variable: string;
  from: "environment" | "default";
}

/** What is set, and by what. */
export function SettingsCard(props: { status: NetworkStatus }) {
  const settings = (): Setting[] => {
    const { host, port, names, domain, proxies, publicPort } = props.status;
    return [
      { label: "network.host", ...host },
      { label: "network.port", ...port, value: String(port.value) },
      { label: "network.names", ...names, value: names.value.join(", ") },
      { label: "network.domain", ...domain, value: domain.value ?? "" },
      { label: "network.proxies", ...proxies, value: proxies.value.join(", ") },
      { label: "network.publicPort", ...publicPort, value: String(publicPort.value ?? "") },
    ];
  };
  return (
    <Card title={t("network.settings")}>
      <p class="mb-3 text-text-2">{t("network.settings.text")}</p>
      <Facts>
        <Fact label={t("network.panel")} wide>
          <code class="text-xs wrap-anywhere">{props.status.panel}</code>
        </Fact>
        <Fact label={t("network.instances")} wide>
          <code class="text-xs wrap-anywhere">{props.status.instances ?? "–"}</code>
        </Fact>
        <For each={settings()}>
          {({ label, value, variable, from }) => (
            <Fact label={t(label)}>
              <div class="min-w-0">
                <div class="wrap-anywhere">{value || "–"}</div>
                <div class="text-xs wrap-anywhere text-text-3">
                  {from === "environment"
                    ? t("network.from.environment", { variable })
                    : t("network.from.default", { variable })}
                </div>
              </div>
            </Fact>
          )}
        </For>
      </Facts>
    </Card>
  );
}
