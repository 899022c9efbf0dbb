/** An unsaved text and the revision that it was made from. */
export interface Draft {
  text: string;
  revision: string;
}

const keyOf = (id: string) => `claw.draft.${id}`;

/** Drafts outlive a reload in this browser; they are gone once saved or discarded. */
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
      // Storage is full or forbidden: the draft lives as long as the page.
    }
  },
  remove(id: string): void {
    try {
      localStorage.removeItem(keyOf(id));
    } catch {
      // As above.
    }
  },
};

function isDraft(value: unknown): value is Draft {
  if (value === null || typeof value !== "object") return false;
  const { text, revision } = value as Record<string, unknown>;
  return typeof text === "string" && typeof revision === "string";
}
