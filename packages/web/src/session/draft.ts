/** An unsaved text and the revision that it was made from. */
export interface Draft {
  text: string;
  revision: string;
}

const PREFIX = "claw.draft.";
const OWNER_KEY = "claw.drafts.of";
const keyOf = (id: string) => `${PREFIX}${id}`;

/**
 * Drafts survive a reload in this browser; they are deleted when saved or discarded, and with their
 * author's session: a configuration holds keys and tokens.
 */
export const drafts = {
  read(id: string): Draft | null {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null");
      return isDraft(value) ? value : null;
    } catch {
      return null;
    }
  },
  write(id: string, draft: Draft): void {
    try {
      localStorage.setItem(keyOf(id), JSON.stringify(draft));
    } catch {
      // Storage is full or denied: the draft lives as long as the page.
    }
  },
  remove(id: string): void {
    try {
      localStorage.removeItem(keyOf(id));
    } catch {
      // As above.
    }
  },
  /** Deletes drafts of another user who has not signed out: `username` must not see them. */
  keepFor(username: string): void {
    try {
      const owner = localStorage.getItem(OWNER_KEY);
      if (owner !== null && owner !== username) drafts.removeAll();
      localStorage.setItem(OWNER_KEY, username);
    } catch {
      // As above.
    }
  },
  removeAll(): void {
    try {
      for (const key of Object.keys(localStorage))
        if (key.startsWith(PREFIX) || key === OWNER_KEY) localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
};

function isDraft(value: unknown): value is Draft {
  if (value === null || typeof value !== "object") return false;
  if (!("text" in value && "revision" in value)) return false;
  return typeof value.text === "string" && typeof value.revision === "string";
}
