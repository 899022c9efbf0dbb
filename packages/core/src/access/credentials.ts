import { z } from "zod";
import { InstanceId, InstanceName } from "../instance.ts";

/** The most that an API token may do; each scope includes the one before it. */
export const Scope = z.enum(["read", "operate", "admin"]);
export type Scope = z.infer<typeof Scope>;

const RANK: Record<Scope, number> = { read: 0, operate: 1, admin: 2 };

export function covers(scope: Scope, needed: Scope): boolean {
  return RANK[scope] >= RANK[needed];
}

/** A session ends after this long without activity. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** A session's maximum lifetime, however active it is. */
export const SESSION_MAX_MS = 30 * 24 * 3_600_000;
/** A one-time link's lifetime. */
export const LINK_MS = 24 * 3_600_000;

/** The prefix of API tokens; secret scanners recognize it too. */
export const TOKEN_PREFIX = "claw_";

/** A session as shown to its owner. */
export interface Session {
  id: string;
  /** The session that makes this call. */
  current: boolean;
  /** Address and client at log-in. */
  address: string;
  userAgent: string;
  /** ISO-8601 UTC. */
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

/** An API token as shown to its owner, without the token itself. */
export interface ApiToken {
  id: string;
  name: string;
  scope: Scope;
  /** Null: all instances that its owner may see. */
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
