import type { Host } from "../../host/host.ts";

/** How long a new second factor may take to be confirmed. */
const PENDING_MS = 10 * 60_000;

/** Secrets of second factors that were shown, but whose first code was not given yet. */
export interface PendingFactors {
  set(userId: string, secret: string): void;
  /** Null when there is none, or it was too long ago. */
  get(userId: string): string | null;
  /** True for the one caller that took this secret. */
  take(userId: string, secret: string): boolean;
}

export function createPendingFactors(host: Pick<Host, "now">): PendingFactors {
  const pending = new Map<string, { secret: string; until: number }>();
  function get(userId: string): string | null {
    const found = pending.get(userId);
    return found && found.until > host.now() ? found.secret : null;
  }
  return {
    get,
    set(userId, secret) {
      pending.set(userId, { secret, until: host.now() + PENDING_MS });
    },
    take: (userId, secret) => get(userId) === secret && pending.delete(userId),
  };
}
