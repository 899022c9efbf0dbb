import { useLocation, useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";

/** On a phone: the entries that do not fit into the bottom bar. */
export function MorePlaces(props: {
  places: readonly { href: string; label: PlainKey; icon: IconName }[];
}) {
  const navigate = useNavigate();
  const location = useLocation();
  const here = () => props.places.some(({ href }) => location.pathname.startsWith(href));
  return (
    <Show when={props.places.length > 0}>
      <li class="max-sm:flex-1 sm:hidden">
        <Menu
          label={t("nav.more")}
          triggerClass={`flex h-13 w-full flex-col items-center justify-center gap-0.5 text-[0.6875rem] ${here() ? "bg-line/70 font-medium text-text" : "text-text-2"}`}
          trigger={
            <>
              <Icon name="more" />
              <span>{t("nav.more")}</span>
            </>
          }
          entries={props.places.map(({ href, label, icon }) => ({
            label: t(label),
            icon,
            onSelect: () => navigate(href),
          }))}
        />
      </li>
    </Show>
  );
}
