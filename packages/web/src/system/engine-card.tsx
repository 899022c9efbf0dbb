import { Show } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { StateWord } from "../ui/state-word.tsx";

export function EngineCard(props: { engine: SystemStatus["engine"] }) {
  const live = useLive();
  return (
    <Card
      title={props.engine.kind === "memory" ? t("system.memoryEngine") : t("system.docker")}
      action={
        <Button small busy={live.system.fetching()} onClick={() => void live.system.refetch()}>
          {t("action.checkAgain")}
        </Button>
      }
    >
      <Facts>
        <Fact label={t("system.state")}>
          <StateWord good={props.engine.reachable}>
            {props.engine.reachable ? t("system.reachable") : t("system.unreachable")}
          </StateWord>
        </Fact>
        <Fact label={t("system.version")}>{props.engine.version ?? "–"}</Fact>
      </Facts>
      <Show when={!props.engine.reachable}>
        <p class="mt-3 text-text-2">{t("banner.engine.text")}</p>
        <p class="mt-1 text-xs wrap-anywhere text-text-3">{props.engine.error}</p>
      </Show>
    </Card>
  );
}
