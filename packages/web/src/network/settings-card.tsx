import { createSignal, For, Show } from "solid-js";
import type { NetworkStatus } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Notice } from "../ui/notice.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";

interface Setting {
  label: PlainKey;
  value: string;
  variable: string;
  from: keyof typeof FROM;
}

const FROM = {
  environment: "network.from.environment",
  saved: "network.from.saved",
  default: "network.from.default",
} as const;

function unusedWords(unused: NonNullable<NetworkStatus["unused"]>) {
  return unused.why === "untilRestart"
    ? { title: t("network.saved.waits"), text: t("network.saved.waits.why", unused) }
    : { title: t("network.saved.contradicts"), text: t("network.saved.contradicts.why", unused) };
}

/** The settings, each with its source. */
export function SettingsCard(props: { status: NetworkStatus; onChanged: () => void }) {
  const [changing, setChanging] = createSignal(false);
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
    <Card
      title={t("network.settings")}
      action={
        <Button small onClick={() => setChanging(true)}>
          {t("network.change")}
        </Button>
      }
    >
      <Show when={props.status.unused}>
        {(unused) => (
          <div class="mb-3">
            <Notice tone="warning" title={unusedWords(unused()).title}>
              {unusedWords(unused()).text}
            </Notice>
          </div>
        )}
      </Show>
      <Show when={props.status.isDomainMissing}>
        <div class="mb-3">
          <Notice tone="warning" title={t("attention.domain")}>
            {t("network.domain.missing")}
          </Notice>
        </div>
      </Show>
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
                <div class="text-xs wrap-anywhere text-text-3">{t(FROM[from], { variable })}</div>
              </div>
            </Fact>
          )}
        </For>
      </Facts>
      <Show when={changing()}>
        <SettingsDialog
          status={props.status}
          onOutdated={props.onChanged}
          onSaved={() => {
            setChanging(false);
            props.onChanged();
          }}
          onClose={() => setChanging(false)}
        />
      </Show>
    </Card>
  );
}
