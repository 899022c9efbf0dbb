import { createChangeFeed } from "./change-feed.ts";

/** In-memory state of backups: list changes, and files being read. */
export interface BackupBoard {
  /** Announces a change of the list. */
  notify(): void;
  /** Yields each time the list may have changed; starts at the call, ends when `signal` aborts. */
  changes(signal: AbortSignal): AsyncIterable<unknown>;
  /** Runs `action`; the backup cannot be removed until it has ended. */
  reading<T>(id: string, action: () => Promise<T>): Promise<T>;
  isRead(id: string): boolean;
}

export function createBackupBoard(): BackupBoard {
  const feed = createChangeFeed<string>();
  const readers = new Map<string, number>();

  return {
    notify: () => feed.notify(null),
    changes: (signal) => feed.subscribe(signal),
    async reading(id, action) {
      readers.set(id, (readers.get(id) ?? 0) + 1);
      try {
        return await action();
      } finally {
        const left = (readers.get(id) ?? 1) - 1;
        if (left > 0) readers.set(id, left);
        else readers.delete(id);
      }
    },
    isRead: (id) => readers.has(id),
  };
}
