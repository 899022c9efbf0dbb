import type { Host } from "../../host/host.ts";

/** How long a new second factor may take to be confirmed. */
const PENDING_MS = 10 * 60_000;

/** Secrets of second factors that were shown, but whose first code was not given yet. */
export interface PendingFactors {
  set(userId: string, secret: string): void;
  /** Null when there is none, or it was too long ago. */
  get(userId: string): string | null;
  delete(userId: string): void;
}

export function createPendingFactors(host: Pick<Host, "now">): PendingFactors {
  const pending = new Map<string, { secret: string; until: number }>();
  return {
    set(userId, secret) {
      pending.set(userId, { secret, until: host.now() + PENDING_MS });
    },
    get(userId) {
      const found = pending.get(userId);
      return found && found.until > host.now() ? found.secret : null;
    },
    delete: (userId) => void pending.delete(userId),
  };
}
