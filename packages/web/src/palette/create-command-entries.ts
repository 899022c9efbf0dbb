import { useBackups } from "../backups/backup-context.ts";
import { useCreate } from "../creation/create-context.tsx";
import { chooseLanguage, LANGUAGES, language, t } from "../i18n/i18n.ts";
import { LANGUAGE_NAMES } from "../preferences/language-menu.tsx";
import { THEME_WORDS } from "../preferences/theme-menu.tsx";
import { useMay } from "../session/may.ts";
import { useSession } from "../session/session-context.tsx";
import { chooseTheme, THEMES, theme } from "../theme/theme.ts";
import type { Entry } from "./match-entries.ts";

/** Commands of every page. */
export function createCommandEntries() {
  const create = useCreate();
  const may = useMay();
  const session = useSession();
  const backups = useBackups();
  const action = (key: string, icon: Entry["icon"], label: string, run: () => void): Entry => ({
    key,
    group: "actions",
    icon,
    label,
    run,
  });

  return (): Entry[] => [
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
  ];
}
