import { A } from "@solidjs/router";
import { Match, Show, Switch } from "solid-js";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { Banner } from "../ui/banner.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { isPartMissing, lazyPart } from "../ui/lazy-part.tsx";

/** Needed once in a panel's life. */
const ImageBanner = lazyPart(() => import("../system/image-banner.tsx"), "ImageBanner");

/** Conditions that affect every page, the worst first; omits their consequences. */
export function Banners() {
  const live = useLive();
  const may = useMay();
  const status = () => live.system.data();
  const engineAway = () =>
    live.instances.engineReachable() === false || status()?.engine.reachable === false;
  return (
    <>
      <Show when={status()?.engine.kind === "memory"}>
        <Banner tone="info" title={t("banner.memory")} text={t("banner.memory.text")} />
      </Show>
      <Show when={status()?.isDiskShort}>
        <Banner
          tone="warning"
          title={t("banner.disk")}
          text={t("banner.disk.text")}
          action={
            <A href={paths.backups} class={buttonClass("plain", true)}>
              {t("nav.backups")}
            </A>
          }
        />
      </Show>
      <Show when={status()?.allowUnsafeTemplates}>
        <Banner
          tone="warning"
          title={t("unsafe.banner")}
          text={t("unsafe.banner.text")}
          action={
            <Show when={may("changeSettings")}>
              <A href={paths.system} class={buttonClass("plain", true)}>
                {t("unsafe.see")}
              </A>
            </Show>
          }
        />
      </Show>
      <Switch>
        <Match when={live.connection.socketsBlocked()}>
          <Banner tone="error" title={t("banner.noSocket")} text={t("banner.noSocket.text")} />
        </Match>
        <Match when={live.connection.state() === "lost"}>
          <Banner
            tone="error"
            title={t("banner.lost")}
            text={t("banner.lost.text", { time: formatExact(live.connection.lostAt() ?? "") })}
          />
        </Match>
        <Match when={isPartMissing()}>
          <Banner
            tone="warning"
            title={t("banner.part")}
            text={t("banner.part.text")}
            action={
              <Button small onClick={() => window.location.reload()}>
                {t("banner.part.reload")}
              </Button>
            }
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
        <Match when={status()?.image.present === false && may("createInstances")}>
          <ImageBanner image={status()?.image.ref ?? ""} />
        </Match>
      </Switch>
    </>
  );
}
