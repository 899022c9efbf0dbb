import type { Host } from "../../host/host.ts";

/** How long a new second factor may await confirmation. */
const PENDING_MS = 10 * 60_000;

/** Second-factor secrets that were shown but not confirmed yet. */
export interface PendingFactors {
  set(userId: string, secret: string): void;
  /** Null if there is none or it has expired. */
  get(userId: string): string | null;
  /** True for the only caller that takes this secret. */
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
