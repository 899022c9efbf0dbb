import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CertificateCard } from "./certificate-card.tsx";
import { ReachCard } from "./reach-card.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { WaysCard } from "./ways-card.tsx";

/** How browsers reach the panel and its instances, for administrators. */
export function NetworkPage() {
  const { network } = useApi().trpc;
  const query = createQuery((signal) => network.status.query(undefined, { signal }));
  return (
    <Page title={t("nav.network")}>
      <Show when={query.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Show
          when={query.data()}
          fallback={
            <Show when={!query.error()}>
              <Skeleton class="h-96 w-full rounded-lg" />
              <Skeleton class="h-96 w-full rounded-lg" />
            </Show>
          }
        >
          {(status) => (
            <>
              <div class="flex min-w-0 flex-col gap-4">
                <SettingsCard status={status()} onChanged={() => void query.refetch()} />
                <Show when={status().instances !== null}>
                  <ReachCard status={status()} />
                </Show>
                <CertificateCard
                  certificate={status().certificate}
                  domain={status().domain.value}
                />
              </div>
              <WaysCard way={status().way} />
            </>
          )}
        </Show>
      </div>
    </Page>
  );
}
