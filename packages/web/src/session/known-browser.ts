const KEY = "claw.browser";

/**
 * The panel's mark for a browser in which somebody has logged in, so that attackers who guess from
 * the same address do not lock that user out. It grants no access, and outlives the log-out.
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
      // Storage is denied: the next log-in counts as an unknown browser's.
    }
  },
};
