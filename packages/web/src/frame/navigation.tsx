import { A, useLocation } from "@solidjs/router";
import { For, Show } from "solid-js";
import { formatNumber } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Mark } from "../ui/mark.tsx";
import { MorePlaces } from "./more-places.tsx";

interface Place {
  href: string;
  label: PlainKey;
  icon: IconName;
  count?: () => number;
  /** Phones lack the room: the entry is in a menu at the end. */
  wide?: boolean;
  /** Also current on the pages below this path. */
  covers?: string;
  /** Omitted: visible to everybody. */
  shown?: () => boolean;
}

const HERE = "bg-line/70! font-medium text-text!";

/** The main navigation: a side bar, icons in a narrow window, a bottom bar on a phone. */
export function Navigation() {
  const live = useLive();
  const may = useMay();
  const location = useLocation();
  const isIn = ({ covers }: Place) =>
    covers !== undefined && location.pathname.startsWith(`${covers}/`);
  const seesAll = () => may("seeSystem");
  const places: Place[] = [
    {
      href: paths.dashboard,
      label: "nav.dashboard",
      icon: "dashboard",
      shown: seesAll,
    },
    {
      href: paths.instances,
      label: "nav.instances",
      icon: "instances",
      count: () => live.instances.list().length,
      shown: seesAll,
    },
    // A member's start page shows their instances.
    {
      href: paths.dashboard,
      label: "nav.home",
      icon: "instances",
      covers: paths.instances,
      shown: () => !seesAll(),
    },
    { href: paths.logs, label: "nav.logs", icon: "logs" },
    { href: paths.backups, label: "nav.backups", icon: "archive" },
    { href: paths.jobs, label: "nav.jobs", icon: "jobs" },
    {
      href: paths.system,
      label: "nav.system",
      icon: "system",
      wide: true,
      covers: paths.system,
      shown: seesAll,
    },
    {
      href: paths.network,
      label: "nav.network",
      icon: "globe",
      wide: true,
      shown: () => may("seeNetwork"),
    },
    {
      href: paths.users,
      label: "nav.users",
      icon: "users",
      wide: true,
      shown: () => may("seeUsers"),
    },
    { href: paths.audit, label: "nav.audit", icon: "audit", wide: true, shown: seesAll },
  ];
  return (
    <nav
      aria-label={t("nav.label")}
      class="z-20 flex shrink-0 border-line bg-sunken max-sm:order-last max-sm:border-t max-sm:pb-[env(safe-area-inset-bottom)] sm:w-14 sm:flex-col sm:border-r lg:w-55"
    >
      <A
        href="/"
        class="flex h-13 items-center gap-2.5 px-4 text-lg font-semibold max-lg:justify-center max-lg:px-0 max-sm:hidden"
      >
        <Mark />
        <span class="max-lg:sr-only">{t("app.name")}</span>
      </A>
      <ul class="flex gap-0.5 max-sm:flex-1 sm:flex-col sm:px-2 sm:py-1">
        <For each={places.filter((place) => place.shown?.() ?? true)}>
          {(place) => (
            <li class={place.wide ? "max-sm:hidden" : "max-sm:flex-1"}>
              <A
                href={place.href}
                end={place.href === paths.dashboard}
                class="flex items-center gap-2.5 rounded-md text-text-2 transition-colors hover:bg-hover hover:text-text max-sm:h-13 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:rounded-none max-sm:text-[0.6875rem] sm:h-9 sm:px-2.5 max-lg:sm:justify-center"
                activeClass={HERE}
                classList={isIn(place) ? { [HERE]: true } : {}}
              >
                <Icon name={place.icon} />
                <span class="flex-1 max-lg:sm:sr-only max-sm:flex-none">{t(place.label)}</span>
                <Show when={place.count?.()}>
                  {(count) => (
                    <span class="text-xs font-normal tabular text-text-3 max-lg:hidden">
                      {formatNumber(count())}
                    </span>
                  )}
                </Show>
              </A>
            </li>
          )}
        </For>
        <MorePlaces places={places.filter(({ wide, shown }) => wide && (shown?.() ?? true))} />
      </ul>
    </nav>
  );
}
