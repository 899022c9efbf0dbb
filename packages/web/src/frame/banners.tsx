import { Match, Show, Switch } from "solid-js";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { ImageBanner } from "../system/image-banner.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";

/** What concerns every page, the worst first; what follows from it is not said as well. */
export function Banners() {
  const live = useLive();
  const status = () => live.system.data();
  const engineAway = () =>
    live.instances.engineReachable() === false || status()?.engine.reachable === false;
  return (
    <>
      <Show when={status()?.engine.kind === "memory"}>
        <Banner tone="info" title={t("banner.memory")} text={t("banner.memory.text")} />
      </Show>
      <Switch>
        <Match when={live.connection.state() === "lost"}>
          <Banner
            tone="error"
            title={t("banner.lost")}
            text={t("banner.lost.text", { time: formatExact(live.connection.lostAt() ?? "") })}
          />
        </Match>
        <Match when={engineAway()}>
          <Banner
            tone="error"
            title={t("banner.engine")}
            text={
              <>
                <p>{t("banner.engine.text")}</p>
                <Show when={status()?.engine.error}>
                  {(error) => <p class="text-xs text-text-3">{error()}</p>}
                </Show>
              </>
            }
            action={
              <Button
                small
                busy={live.system.fetching()}
                onClick={() => void live.system.refetch()}
              >
                {t("action.checkAgain")}
              </Button>
            }
          />
        </Match>
        <Match when={status()?.image.present === false}>
          <ImageBanner image={status()?.image.ref ?? ""} />
        </Match>
      </Switch>
    </>
  );
}
