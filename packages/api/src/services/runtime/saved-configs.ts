import type { InstanceId } from "@claw/core/instance";
import { createChangeFeed } from "./change-feed.ts";

/**
 * What became of a configuration that somebody saved: `watched` while that is not known yet,
 * `kept`, or lost: `replaced` in the file, `skipped` by the gateway, which goes on with the old
 * one, or the gateway `died` of it.
 */
export type ConfigOutcome = "watched" | "kept" | LossOutcome;
export type LossOutcome = "replaced" | "skipped" | "died";

export interface SavedConfig {
  /** As it was before, and as it was saved: kept to offer it back. */
  before: string | null;
  text: string;
  revision: string;
  outcome: ConfigOutcome;
  /** What the gateway said of it. */
  complaint: string | null;
}

interface Entry extends SavedConfig {
  ends: AbortController;
  onLost: (outcome: ConfigOutcome) => void;
}

/** The configuration that was saved last, by instance; lost with the process. */
export function createSavedConfigs() {
  const entries = new Map<InstanceId, Entry>();
  const overwritten = new Set<InstanceId>();
  const feed = createChangeFeed<InstanceId>();

  function settle(id: InstanceId, outcome: ConfigOutcome, complaint: string | null): void {
    const entry = entries.get(id);
    if (!entry || isLost(entry)) return;
    Object.assign(entry, { outcome, complaint: complaint ?? entry.complaint });
    entry.ends.abort();
    feed.notify(id);
    if (isLost(entry)) entry.onLost(outcome);
  }

  function forget(id: InstanceId): void {
    entries.get(id)?.ends.abort();
    if (entries.delete(id)) feed.notify(id);
  }

  return {
    find: (id: InstanceId): SavedConfig | null => entries.get(id) ?? null,
    /** What the file is to say; null also while the panel itself writes another one. */
    standing: (id: InstanceId): SavedConfig | null =>
      overwritten.has(id) ? null : (entries.get(id) ?? null),
    settle,
    /** It is of no concern any more: the panel is about to remove it, or to put another in its place. */
    forget,

    /** Lets the panel `write` another one. When that fails, the one before is still what counts. */
    async overwrite(id: InstanceId, write: () => Promise<void>): Promise<void> {
      overwritten.add(id);
      try {
        await write();
        forget(id);
      } finally {
        overwritten.delete(id);
      }
    },

    /** The signal aborts when its outcome is known, or does not matter any more. */
    begin(
      id: InstanceId,
      saved: Pick<SavedConfig, "before" | "text" | "revision"> & Pick<Entry, "onLost">,
    ): AbortSignal {
      forget(id);
      const ends = new AbortController();
      entries.set(id, { ...saved, outcome: "watched", complaint: null, ends });
      feed.notify(id);
      return ends.signal;
    },

    /** What is known now, and each time that it changes. */
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
