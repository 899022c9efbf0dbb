import { createChangeFeed } from "./change-feed.ts";

/** Key chosen by the sender; must be unique. */
export const UPLOAD_KEY = /^[\w-]{16,64}$/;

/** Verification progress of an upload, in bytes of the file. */
export interface UploadCheck {
  bytes: number;
  totalBytes: number;
}

/** Uploads being verified, by their sender's key. */
export interface UploadBoard {
  tell(key: string, check: UploadCheck): void;
  /** Verification has ended. */
  forget(key: string): void;
  /** Yields current and further progress; ends when `signal` aborts. */
  watch(key: string, signal: AbortSignal): AsyncIterable<UploadCheck>;
}

export function createUploadBoard(): UploadBoard {
  const feed = createChangeFeed<string>();
  const checks = new Map<string, UploadCheck>();

  return {
    tell(key, check) {
      checks.set(key, check);
      feed.notify(key);
    },
    forget: (key) => void checks.delete(key),
    async *watch(key, signal) {
      const changes = feed.subscribe(signal);
      const known = checks.get(key);
      if (known) yield known;
      for await (const changed of changes) {
        const check = changed.has(key) ? checks.get(key) : undefined;
        if (check) yield check;
      }
    },
  };
}
