const KEY = "claw.browser";

/**
 * What the panel gave this browser when somebody logged in by it, so that who guesses from the same
 * address does not keep them out. It opens nothing, and outlives the log-out.
 */
export const knownBrowser = {
  read(): string | undefined {
    try {
      return localStorage.getItem(KEY) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(secret: string): void {
    try {
      localStorage.setItem(KEY, secret);
    } catch {
      // Storage is forbidden: the next log-in is one of an unknown browser.
    }
  },
};
