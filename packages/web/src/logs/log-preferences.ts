import { createSignal } from "solid-js";

export interface LogPreferences {
  /** Wraps long lines. */
  wrap: boolean;
  times: boolean;
  /** The query is a regular expression. */
  regex: boolean;
  matchCase: boolean;
}

const KEY = "claw.logs";
const DEFAULTS: LogPreferences = { wrap: false, times: true, regex: false, matchCase: false };

/** The user's display options for logs; remembered for the next visit. */
export function createLogPreferences() {
  const [preferences, setPreferences] = createSignal(stored());
  const toggle = (name: keyof LogPreferences): void => {
    const next = { ...preferences(), [name]: !preferences()[name] };
    setPreferences(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Storage is denied: the choice lasts until the page is closed.
    }
  };
  return { get: preferences, toggle };
}

export type LogPreferencesState = ReturnType<typeof createLogPreferences>;

function stored(): LogPreferences {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const known = new Map(Object.entries(value ?? {}));
    const read = (name: keyof LogPreferences) => {
      const choice = known.get(name);
      return typeof choice === "boolean" ? choice : DEFAULTS[name];
    };
    return {
      wrap: read("wrap"),
      times: read("times"),
      regex: read("regex"),
      matchCase: read("matchCase"),
    };
  } catch {
    return DEFAULTS;
  }
}
