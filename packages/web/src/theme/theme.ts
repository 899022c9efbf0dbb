import { createSignal } from "solid-js";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Also read by public/early.js. */
const THEME_KEY = "claw.theme";

const [theme, setTheme] = createSignal<Theme>(storedTheme());

export { theme };

/** Applies `next` at once and saves it. `system` follows the system's changes. */
export function chooseTheme(next: Theme): void {
  setTheme(next);
  applyTheme(next);
  try {
    if (next === "system") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, next);
  } catch {
    // Storage is denied: the choice lasts until the page is closed.
  }
}

function applyTheme(next: Theme): void {
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return THEMES.find((candidate) => candidate === stored) ?? "system";
  } catch {
    return "system";
  }
}
