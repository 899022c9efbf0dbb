const KEY = "claw.session";

/** Storage key of the session's token. */
export interface KeptToken {
  read(): string | null;
  write(token: string): void;
  remove(): void;
  /** Reports when another window of this browser signed in or out. */
  watch(listener: () => void): () => void;
}

/**
 * The token is kept in the storage of the panel's origin, which no instance shares: a cookie would
 * go to every port of this host. It is never part of an address.
 */
export const keptToken: KeptToken = {
  read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write(token) {
    try {
      localStorage.setItem(KEY, token);
    } catch {
      // Storage is denied: the session lasts until the page is closed.
    }
  },
  remove() {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // As above.
    }
  },
  watch(listener) {
    const changed = (event: StorageEvent) => {
      if (event.key === KEY || event.key === null) listener();
    };
    window.addEventListener("storage", changed);
    return () => window.removeEventListener("storage", changed);
  },
};
