import { For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { useMe } from "../session/session-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { HomeCard } from "./home-card.tsx";

/** A member's start page: their instances, each with a button that opens it. */
export function MemberHome() {
  const live = useLive();
  const me = useMe();
  const mine = () =>
    [...live.instances.list()].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return (
    <Page title={t("nav.home")}>
      <Show
        when={live.instances.loaded()}
        fallback={<Skeleton class="h-52 w-full max-w-md rounded-lg" />}
      >
        <Show
          when={mine().length > 0}
          fallback={
            <EmptyState
              drawing
              title={t("home.empty")}
              text={t("home.empty.text", { user: me().username })}
            />
          }
        >
          <ul class="grid grid-cols-1 gap-4 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
            <For each={mine()}>{(instance) => <HomeCard instance={instance} />}</For>
          </ul>
        </Show>
      </Show>
    </Page>
  );
}
