import { type PlainKey, t } from "../i18n/i18n.ts";
import { chooseTheme, THEMES, type Theme, theme } from "../theme/theme.ts";
import { ChoiceMenu } from "../ui/choice-menu.tsx";
import type { IconName } from "../ui/icon.tsx";
import { ICON_BUTTON } from "../ui/icon-button.tsx";

export const THEME_WORDS = {
  system: "theme.system",
  light: "theme.light",
  dark: "theme.dark",
} as const satisfies Record<Theme, PlainKey>;

const ICONS: Record<Theme, IconName> = { system: "monitor", light: "sun", dark: "moon" };

export function ThemeMenu() {
  return (
    <ChoiceMenu
      label={t("theme.label")}
      triggerClass={ICON_BUTTON}
      icon={ICONS[theme()]}
      value={theme()}
      onChange={chooseTheme}
      choices={THEMES.map((value) => ({ value, label: t(THEME_WORDS[value]), icon: ICONS[value] }))}
    />
  );
}
