import { A } from "@solidjs/router";
import { For, Show } from "solid-js";
import { BatchMark } from "../bulk/batch-mark.tsx";
import { t } from "../i18n/i18n.ts";
import { Keys } from "../palette/keys.tsx";
import { LanguageMenu } from "../preferences/language-menu.tsx";
import { ThemeMenu } from "../preferences/theme-menu.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/mark.tsx";
import { useBreadcrumbs } from "./breadcrumbs.ts";
import { ConnectionMark } from "./connection-mark.tsx";
import { RunningJobs } from "./running-jobs.tsx";
import { UserMenu } from "./user-menu.tsx";

/** Breadcrumbs on the left; running jobs, language, theme and account on the right. */
export function TopBar(props: { onSearch: () => void }) {
  const breadcrumbs = useBreadcrumbs();
  /** A top-level page already shows its name as the title. */
  const trail = () => (breadcrumbs().length > 1 ? breadcrumbs() : []);
  return (
    <header class="z-10 flex h-13 shrink-0 items-center gap-1 border-b px-4 sm:px-6">
      {/* With a way back, a phone has no room for it. */}
      <Show when={trail().length === 0}>
        <A href="/" aria-label={t("app.name")} class="mr-2 sm:hidden">
          <Mark />
        </A>
      </Show>
      <nav aria-label={t("breadcrumbs.label")} class="min-w-0 flex-1">
        <ol class="flex min-w-0 items-center gap-1.5 text-text-2">
          <For each={trail()}>
            {(step, index) => (
              <li class="flex min-w-0 items-center gap-1.5">
                <Show when={index() > 0}>
                  <Icon name="chevronRight" class="text-text-3 max-sm:hidden" />
                </Show>
                <Show
                  when={index() < trail().length - 1}
                  fallback={
                    <span aria-current="page" class="truncate text-text">
                      {step.label}
                    </span>
                  }
                >
                  {/* A phone has the room for the way back alone. */}
                  <A
                    href={step.href}
                    class="whitespace-nowrap hover:text-text max-sm:grid max-sm:size-8 max-sm:place-items-center"
                  >
                    <Icon name="chevronLeft" class="sm:hidden" />
                    <span class="max-sm:sr-only">{step.label}</span>
                  </A>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </nav>
      <button
        type="button"
        aria-keyshortcuts="Control+K"
        data-tip={t("palette.title")}
        onClick={() => props.onSearch()}
        class="inline-flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-text-2 transition-colors hover:bg-hover hover:text-text"
      >
        <Icon name="search" />
        <span class="sr-only">{t("palette.title")}</span>
        <span aria-hidden="true" class="max-lg:hidden">
          <Keys keys="$mod+K" />
        </span>
      </button>
      <BatchMark />
      <RunningJobs />
      <ConnectionMark />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu />
    </header>
  );
}
