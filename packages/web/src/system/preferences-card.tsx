import { chooseLanguage, LANGUAGES, language, t } from "../i18n/i18n.ts";
import { LANGUAGE_NAMES } from "../preferences/language-menu.tsx";
import { THEME_WORDS } from "../preferences/theme-menu.tsx";
import { chooseTheme, THEMES, theme } from "../theme/theme.ts";
import { Card } from "../ui/card.tsx";
import { Select } from "../ui/select.tsx";

export function PreferencesCard() {
  return (
    <Card title={t("system.preferences")}>
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Select
          label={t("language.label")}
          value={language()}
          onChange={(choice) => void chooseLanguage(choice)}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        />
        <Select
          label={t("theme.label")}
          value={theme()}
          onChange={chooseTheme}
          options={THEMES.map((value) => ({ value, label: t(THEME_WORDS[value]) }))}
        />
      </div>
    </Card>
  );
}
