import { chooseLanguage, LANGUAGES, type Language, language, t } from "../i18n/i18n.ts";
import { ChoiceMenu } from "../ui/choice-menu.tsx";
import { ICON_BUTTON } from "../ui/icon-button.tsx";

/** Each language under its own name, for users who cannot read the page. */
export const LANGUAGE_NAMES: Record<Language, string> = { zh: "简体中文", en: "English" };
const SHORT: Record<Language, string> = { zh: "中", en: "EN" };

export function LanguageMenu() {
  return (
    <ChoiceMenu
      label={t("language.label")}
      triggerClass={`${ICON_BUTTON} text-sm font-medium`}
      text={SHORT[language()]}
      value={language()}
      onChange={(choice) => void chooseLanguage(choice)}
      choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
    />
  );
}
