import { For } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";

/** The panel's containers without an instance; reported, never deleted. */
export function OrphansCard(props: { orphans: SystemStatus["orphans"] }) {
  return (
    <Card title={t("system.orphans")}>
      <p class="mb-3 text-text-2">{t("system.orphans.text")}</p>
      <ul class="flex flex-col gap-1">
        <For each={props.orphans}>
          {(orphan) => <li class="font-mono text-sm wrap-anywhere">{orphan.container}</li>}
        </For>
      </ul>
    </Card>
  );
}
