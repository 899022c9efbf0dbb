import { useNavigate } from "@solidjs/router";
import { createMemo } from "solid-js";
import { type Action, isAllowed, useInstanceActions } from "../actions/instance-actions.tsx";
import type { Instance } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import { useCreate } from "../creation/create-context.tsx";
import { chooseLanguage, LANGUAGES, language, locale, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { LANGUAGE_NAMES } from "../preferences/language-menu.tsx";
import { THEME_WORDS } from "../preferences/theme-menu.tsx";
import { paths } from "../routes.ts";
import { createRomanised } from "../search/create-romanised.ts";
import { useMay } from "../session/may.ts";
import { useSession } from "../session/session-context.tsx";
import { chooseTheme, THEMES, theme } from "../theme/theme.ts";
import type { Entry } from "./match-entries.ts";

/** The palette's entries for the current state. */
export function createEntries() {
  const navigate = useNavigate();
  const live = useLive();
  const create = useCreate();
  const may = useMay();
  const session = useSession();
  const backups = useBackups();
  const actions = useInstanceActions();
  const romanised = createRomanised(createMemo(() => live.instances.list().map((one) => one.name)));

  const instanceEntries = (instance: Instance): Entry[] => {
    const { id, name, port, status } = instance;
    const words = `${id} ${port} ${romanised(name)}`;
    const act = (action: Action, icon: Entry["icon"], label: string): Entry[] =>
      isAllowed(action, status)
        ? [
            {
              key: `${action} ${id}`,
              group: "actions",
              icon,
              label,
              words,
              onSearch: true,
              run: () => void actions.run(instance, action),
            },
          ]
        : [];
    const go = (key: "logs" | "config" | "backups", icon: Entry["icon"], label: string): Entry => ({
      key: `${key} ${id}`,
      group: "instances",
      icon,
      label: `${name} · ${label}`,
      words,
      onSearch: true,
      run: () => navigate(paths.instance(id, key)),
    });
    return [
      {
        key: `go ${id}`,
        group: "instances",
        icon: "box",
        label: name,
        hint: `${id} · ${port}`,
        words,
        run: () => navigate(paths.instance(id)),
      },
      go("logs", "logs", t("tab.logs")),
      go("config", "file", t("tab.config")),
      go("backups", "archive", t("tab.backups")),
      ...act("open", "open", t("action.openNamed", { name })),
      ...act("start", "play", t("action.startNamed", { name })),
      ...act("stop", "stop", t("action.stopNamed", { name })),
      ...act("restart", "restart", t("action.restartNamed", { name })),
      {
        key: `backup ${id}`,
        group: "actions",
        icon: "archive",
        label: t("backup.named", { name }),
        words,
        onSearch: true,
        run: () => backups.create([id]),
      },
    ];
  };

  const page = (key: string, icon: Entry["icon"], label: string): Entry => ({
    key: `page ${key}`,
    group: "pages",
    icon,
    label,
    run: () => navigate(key),
  });
  const action = (key: string, icon: Entry["icon"], label: string, run: () => void): Entry => ({
    key,
    group: "actions",
    icon,
    label,
    run,
  });

  return createMemo((): Entry[] => [
    ...[...live.instances.list()]
      .sort((a, b) => a.name.localeCompare(b.name, locale()))
      .flatMap(instanceEntries),
    ...(may("seeSystem")
      ? [
          page(paths.dashboard, "monitor", t("nav.dashboard")),
          page(paths.instances, "instances", t("nav.instances")),
        ]
      : [page(paths.dashboard, "instances", t("nav.home"))]),
    page(paths.logs, "logs", t("nav.logs")),
    page(paths.backups, "archive", t("nav.backups")),
    page(paths.jobs, "jobs", t("nav.jobs")),
    ...(may("seeSystem") ? [page(paths.system, "system", t("nav.system"))] : []),
    ...(may("seeUsers") ? [page(paths.users, "users", t("nav.users"))] : []),
    page(paths.audit, "audit", t("nav.audit")),
    page(paths.account, "user", t("nav.account")),
    ...(may("createInstances")
      ? [
          action("create", "plus", t("instances.create"), create.one),
          action("many", "plus", t("many.open"), create.many),
        ]
      : []),
    action("backup", "archive", t("backup.create"), () => backups.create()),
    action("leave", "leave", t("session.leave"), () => void session.leave()),
    ...LANGUAGES.filter((one) => one !== language()).map((one) =>
      action(
        `language ${one}`,
        "globe",
        t("menu.choice", { label: t("language.label"), text: LANGUAGE_NAMES[one] }),
        () => void chooseLanguage(one),
      ),
    ),
    ...THEMES.filter((one) => one !== theme()).map((one) =>
      action(
        `theme ${one}`,
        one === "dark" ? "moon" : one === "light" ? "sun" : "monitor",
        t("menu.choice", { label: t("theme.label"), text: t(THEME_WORDS[one]) }),
        () => chooseTheme(one),
      ),
    ),
  ]);
}
