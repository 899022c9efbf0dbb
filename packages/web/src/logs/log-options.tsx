import { type PlainKey, t } from "../i18n/i18n.ts";
import { ChoiceMenu } from "../ui/choice-menu.tsx";
import type { LevelChoice } from "./create-log-filter.ts";
import type { LogPreferencesState } from "./log-preferences.ts";
import { Toggle } from "./toggle.tsx";

const LEVELS = {
  all: "logs.level.all",
  info: "logs.level.info",
  warn: "logs.level.warn",
  error: "logs.level.error",
} as const satisfies Record<LevelChoice, PlainKey>;

const CHOICES: readonly LevelChoice[] = ["all", "info", "warn", "error"];

const TRIGGER =
  "inline-flex h-8 items-center gap-1 rounded-md border border-transparent px-2.5 whitespace-nowrap text-text-2 transition-colors " +
  "hover:bg-hover hover:text-text data-[expanded]:bg-hover data-[expanded]:text-text";
const CHOSEN = "border-line-2! bg-surface text-text!";

/** The filter and display options of a log. */
export function LogOptions(props: {
  level: LevelChoice;
  onLevel: (level: LevelChoice) => void;
  preferences: LogPreferencesState;
}) {
  return (
    <div class="flex flex-wrap items-center gap-1">
      <ChoiceMenu
        label={t("logs.level")}
        text={t(LEVELS[props.level])}
        icon="chevronDown"
        triggerClass={`${TRIGGER} ${props.level === "all" ? "" : CHOSEN}`}
        value={props.level}
        onChange={props.onLevel}
        choices={CHOICES.map((value) => ({ value, label: t(LEVELS[value]) }))}
      />
      <Toggle
        label={t("logs.times")}
        pressed={props.preferences.get().times}
        onToggle={() => props.preferences.toggle("times")}
      />
      <Toggle
        label={t("logs.wrap")}
        pressed={props.preferences.get().wrap}
        onToggle={() => props.preferences.toggle("wrap")}
      />
    </div>
  );
}
