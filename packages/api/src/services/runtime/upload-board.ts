import { createChangeFeed } from "./change-feed.ts";

/** What a sender may call its upload: something that nobody else would. */
export const UPLOAD_KEY = /^[\w-]{16,64}$/;

/** How much of an uploaded file the panel has verified, in bytes of the file. */
export interface UploadCheck {
  bytes: number;
  totalBytes: number;
}

/** Uploads that are being verified, by the key that their sender chose. */
export interface UploadBoard {
  tell(key: string, check: UploadCheck): void;
  /** It is verified, or was refused. */
  forget(key: string): void;
  /** Yields how far the upload is, now and from now on; ends when `signal` aborts. */
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
