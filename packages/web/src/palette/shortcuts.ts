import type { PlainKey } from "../i18n/i18n.ts";

/** Labels of keys: their own sign, or a word. */
export interface Shortcut {
  /** In sequence; `+` joins keys to hold together. */
  keys: readonly string[];
  label: PlainKey;
}

export const PAGE_SHORTCUTS = [
  { keys: ["$mod+K"], label: "palette.title" },
  { keys: ["?"], label: "shortcuts.title" },
  { keys: ["/"], label: "shortcuts.search" },
  { keys: ["n"], label: "instances.create" },
  { keys: ["g", "d"], label: "nav.dashboard" },
  { keys: ["g", "i"], label: "nav.instances" },
  { keys: ["g", "l"], label: "nav.logs" },
  { keys: ["g", "b"], label: "nav.backups" },
  { keys: ["g", "j"], label: "nav.jobs" },
  { keys: ["g", "s"], label: "nav.system" },
] as const satisfies readonly Shortcut[];

export const LIST_SHORTCUTS = [
  { keys: ["↑", "↓"], label: "shortcuts.list.move" },
  { keys: ["Space"], label: "shortcuts.list.choose" },
  { keys: ["Shift+↓"], label: "shortcuts.list.extend" },
  { keys: ["$mod+A"], label: "bulk.chooseAll" },
  { keys: ["Esc"], label: "bulk.clear" },
] as const satisfies readonly Shortcut[];

/** `Ctrl`, or its counterpart on an Apple keyboard. */
export function keySigns(keys: string): string[] {
  const apple = /mac|iphone|ipad/i.test(navigator.platform);
  return keys.split("+").map((key) => (key === "$mod" ? (apple ? "⌘" : "Ctrl") : key));
}
