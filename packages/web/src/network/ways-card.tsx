import { For, Show } from "solid-js";
import type { NetworkStatus } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { StateWord } from "../ui/state-word.tsx";

interface Way {
  way: NetworkStatus["way"];
  title: PlainKey;
  /** What it asks of the machines of colleagues. */
  asks: PlainKey;
  /** The variables by which the panel is started. */
  settings: string;
}

const WAYS: readonly Way[] = [
  {
    way: "machine",
    title: "network.way.machine",
    asks: "network.way.machine.asks",
    settings: "CLAW_HOST=127.0.0.1",
  },
  {
    way: "network",
    title: "network.way.network",
    asks: "network.way.network.asks",
    settings: "CLAW_HOST=0.0.0.0 CLAW_PUBLIC_NAMES=panel.internal",
  },
  {
    way: "domain",
    title: "network.way.domain",
    asks: "network.way.domain.asks",
    settings:
      "CLAW_HOST=0.0.0.0 CLAW_PUBLIC_NAMES=panel.example.com CLAW_INSTANCE_DOMAIN=claw.example.org CLAW_TLS_CERT=/etc/claw/cert.pem CLAW_TLS_KEY=/etc/claw/key.pem",
  },
  {
    way: "proxy",
    title: "network.way.proxy",
    asks: "network.way.proxy.asks",
    settings:
      "CLAW_PUBLIC_NAMES=panel.example.com CLAW_INSTANCE_DOMAIN=claw.example.org CLAW_TRUSTED_PROXIES=127.0.0.1",
  },
  {
    way: "link",
    title: "network.way.link",
    asks: "network.way.link.asks",
    settings: "CLAW_INSTANCE_DOMAIN=none",
  },
];

/** The ways in which colleagues can reach instances, and what each asks of their machines. */
export function WaysCard(props: { way: NetworkStatus["way"] }) {
  return (
    <Card title={t("network.ways")}>
      <ul class="flex flex-col divide-y divide-line">
        <For each={WAYS}>
          {({ way, title, asks, settings }) => (
            <li
              class="flex flex-col gap-1 py-3 first:pt-0 last:pb-0"
              aria-current={way === props.way ? "true" : undefined}
            >
              <div class="flex flex-wrap items-center justify-between gap-x-3">
                <h3 class="font-medium">{t(title)}</h3>
                <Show when={way === props.way}>
                  <StateWord good>{t("network.way.current")}</StateWord>
                </Show>
              </div>
              <p class="text-text-2">{t(asks)}</p>
              <code class="text-xs wrap-anywhere text-text-3">{settings}</code>
            </li>
          )}
        </For>
      </ul>
    </Card>
  );
}
