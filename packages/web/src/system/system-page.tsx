import { type JSX, Show } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { useMay } from "../session/may.ts";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ComposeCard } from "./compose-card.tsx";
import { ConfigTemplatesCard } from "./config-templates-card.tsx";
import { EngineCard } from "./engine-card.tsx";
import { HostCard } from "./host-card.tsx";
import { ImageCard } from "./image-card.tsx";
import { OrphansCard } from "./orphans-card.tsx";
import { PreferencesCard } from "./preferences-card.tsx";
import { TemplatesCard } from "./templates-card.tsx";

export function SystemPage() {
  const live = useLive();
  return (
    <Page title={t("nav.system")}>
      <Show when={!live.system.data() && live.system.error()}>
        {(error) => (
          <FailureNotice
            error={error()}
            retrying={live.system.fetching()}
            onRetry={live.system.refetch}
          />
        )}
      </Show>
      <div class="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Show when={live.system.data()} fallback={<Waiting />}>
          {(status) => <Cards status={status()} />}
        </Show>
        <PreferencesCard />
      </div>
    </Page>
  );
}

function Cards(props: { status: SystemStatus }): JSX.Element {
  const may = useMay();
  return (
    <>
      <EngineCard engine={props.status.engine} />
      <ImageCard image={props.status.image} engine={props.status.engine} />
      <HostCard host={props.status.host} version={props.status.version} home={props.status.home} />
      <Show when={may("changeSettings")}>
        <TemplatesCard status={props.status} />
        <ConfigTemplatesCard />
      </Show>
      <Show when={props.status.composeFile.fault}>
        {(fault) => <ComposeCard fault={fault()} />}
      </Show>
      <Show when={props.status.orphans.length > 0}>
        <OrphansCard orphans={props.status.orphans} />
      </Show>
    </>
  );
}

/** As many and as high as the final rows: nothing below may move. */
function Waiting() {
  const may = useMay();
  return (
    <>
      <Skeleton class="h-43.5 w-full rounded-lg max-lg:first:h-29.5" />
      <Skeleton class="h-43.5 w-full rounded-lg" />
      <Skeleton class="h-58 w-full rounded-lg" />
      <Show when={may("changeSettings")}>
        <Skeleton class="h-58 w-full rounded-lg max-lg:h-46" />
        <Skeleton class="h-34 w-full rounded-lg" />
      </Show>
    </>
  );
}
