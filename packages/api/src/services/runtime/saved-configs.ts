import type { ConfigOutcome, LossOutcome } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import { createChangeFeed } from "./change-feed.ts";

/** What the file gets back when the gateway does not take a text. */
export interface WayBack {
  text: string | null;
  /** When the gateway had started that ran with it; null: none ran. */
  run: string | null;
}

export interface SavedConfig {
  /** The former and the saved text, kept to offer it again. */
  before: string | null;
  text: string;
  revision: string;
  wayBack: WayBack;
  outcome: ConfigOutcome;
  /** The gateway's message about it. */
  complaint: string | null;
  /** The gateway said that it takes it; what comes of it is watched further. */
  isAccepted: boolean;
  /** It is lost, and the panel has put the former text back. */
  isBack: boolean;
}

interface Entry extends SavedConfig {
  ends: AbortController;
  onLost: (outcome: LossOutcome) => void;
}

/** The last saved configuration per instance; in memory only. */
export function createSavedConfigs() {
  const entries = new Map<InstanceId, Entry>();
  const overwritten = new Set<InstanceId>();
  const feed = createChangeFeed<InstanceId>();

  function settle(
    id: InstanceId,
    outcome: ConfigOutcome,
    complaint: string | null,
    isBack = false,
  ): void {
    const entry = entries.get(id);
    if (!entry || isLost(entry)) return;
    Object.assign(entry, { outcome, complaint: complaint ?? entry.complaint, isBack });
    entry.ends.abort();
    feed.notify(id);
    if (isLost(entry)) entry.onLost(entry.outcome);
  }

  function forget(id: InstanceId): void {
    entries.get(id)?.ends.abort();
    if (entries.delete(id)) feed.notify(id);
  }

  /** What the panel writes itself is no loss. */
  async function writeOver(id: InstanceId, write: () => Promise<void>): Promise<void> {
    overwritten.add(id);
    try {
      await write();
    } finally {
      overwritten.delete(id);
    }
  }

  return {
    find: (id: InstanceId): SavedConfig | null => entries.get(id) ?? null,
    /** The expected text of the file; null while the panel itself overwrites it. */
    standing: (id: InstanceId): SavedConfig | null =>
      overwritten.has(id) ? null : (entries.get(id) ?? null),
    settle,

    /**
     * Where the way back of the next text leads: to `present`, the text of the file, unless that
     * was saved a moment ago and no gateway has taken it.
     */
    wayBackTo(id: InstanceId, present: WayBack): WayBack {
      const entry = entries.get(id);
      if (!entry || !isUntaken(entry, present.text)) return present;
      const cameUpWithIt = present.run !== null && present.run !== entry.wayBack.run;
      return cameUpWithIt ? present : entry.wayBack;
    },

    accept(id: InstanceId): void {
      const entry = entries.get(id);
      if (!entry || entry.isAccepted) return;
      entry.isAccepted = true;
      feed.notify(id);
    },

    /** Lets the panel `write` the text before the one that is watched, which is still offered. */
    putBack: writeOver,

    /** Forgets the text that the panel is about to remove or replace. */
    forget,

    /** Lets the panel `write` another text. If that fails, the former one still counts. */
    overwrite: (id: InstanceId, write: () => Promise<void>): Promise<void> =>
      writeOver(id, async () => {
        await write();
        forget(id);
      }),

    /** The signal aborts when the outcome is known or no longer matters. */
    begin(
      id: InstanceId,
      saved: Pick<SavedConfig, "before" | "text" | "revision" | "wayBack"> & Pick<Entry, "onLost">,
    ): AbortSignal {
      forget(id);
      const ends = new AbortController();
      const nothing = { complaint: null, isAccepted: false, isBack: false };
      entries.set(id, { ...saved, ...nothing, outcome: "watched", ends });
      feed.notify(id);
      return ends.signal;
    },

    /** The current state, and each change. */
    async *watch(id: InstanceId, signal: AbortSignal): AsyncGenerator<SavedConfig | null> {
      const changes = feed.subscribe(signal);
      yield entries.get(id) ?? null;
      for await (const changed of changes) if (changed.has(id)) yield entries.get(id) ?? null;
    },
  };
}

export type SavedConfigs = ReturnType<typeof createSavedConfigs>;

export function isLost<T extends SavedConfig>(saved: T): saved is T & { outcome: LossOutcome } {
  return saved.outcome !== "watched" && saved.outcome !== "kept";
}

/** The gateway has said nothing about it yet, or has skipped it and it is still in the file. */
function isUntaken({ outcome, isAccepted, text }: SavedConfig, present: string | null): boolean {
  return outcome === "skipped" ? text === present : outcome === "watched" && !isAccepted;
}
