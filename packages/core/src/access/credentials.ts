import { z } from "zod";
import { InstanceId, InstanceName } from "../instance.ts";

/** What an API token may do at most; each includes the one before it. */
export const Scope = z.enum(["read", "operate", "admin"]);
export type Scope = z.infer<typeof Scope>;

const RANK: Record<Scope, number> = { read: 0, operate: 1, admin: 2 };

export function covers(scope: Scope, needed: Scope): boolean {
  return RANK[scope] >= RANK[needed];
}

/** A session without activity for so long ends. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** No session is longer, whatever is done in it. */
export const SESSION_MAX_MS = 30 * 24 * 3_600_000;
/** A one-time link is good for so long. */
export const LINK_MS = 24 * 3_600_000;

/** By this an API token is recognised, also by programs that look for secrets in texts. */
export const TOKEN_PREFIX = "claw_";

/** A session as its owner sees it. */
export interface Session {
  id: string;
  /** The one that asks. */
  current: boolean;
  /** Address and program it was begun from. */
  address: string;
  userAgent: string;
  /** ISO-8601 UTC. */
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

/** An API token as its owner sees it: never the token itself. */
export interface ApiToken {
  id: string;
  name: string;
  scope: Scope;
  /** Null: all that its owner may see. */
  instanceIds: string[] | null;
  /** ISO-8601 UTC. */
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export const NewToken = z.object({
  name: InstanceName,
  scope: Scope,
  instanceIds: z.array(InstanceId).min(1).max(1_000).nullable().default(null),
  expiresInDays: z.int().min(1).max(366).default(90),
});
export type NewToken = z.output<typeof NewToken>;
