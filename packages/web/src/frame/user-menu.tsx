import { useNavigate } from "@solidjs/router";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { ROLE_WORDS } from "../session/role-words.ts";
import { useMe, useSession } from "../session/session-context.tsx";
import { Icon } from "../ui/icon.tsx";
import { ICON_BUTTON } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";
import type { MenuEntry } from "../ui/menu-props.ts";

/** The signed-in user's menu, at the right end of the top bar. */
export function UserMenu() {
  const session = useSession();
  const me = useMe();
  const may = useMay();
  const navigate = useNavigate();
  const entries = (): MenuEntry[] => [
    { label: t("nav.account"), icon: "user", onSelect: () => navigate(paths.account) },
    ...(may("seeUsers")
      ? [{ label: t("nav.users"), icon: "users", onSelect: () => navigate(paths.users) } as const]
      : []),
    { label: t("nav.audit"), icon: "audit", onSelect: () => navigate(paths.audit) },
    {
      label: t("session.leave"),
      icon: "leave",
      separated: true,
      onSelect: () => {
        navigate(paths.dashboard);
        void session.leave();
      },
    },
  ];
  return (
    <Menu
      label={t("user.menu", { name: me().displayName })}
      triggerClass={ICON_BUTTON}
      trigger={<Icon name="user" />}
      heading={
        <>
          <p class="font-medium wrap-anywhere">{me().displayName}</p>
          <p class="text-xs wrap-anywhere text-text-3">
            {me().username} · {t(ROLE_WORDS[me().role])}
          </p>
        </>
      }
      entries={entries()}
    />
  );
}
