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
/** Lifetime of a one-time link that replaces a password. */
export const LINK_MS = 24 * 3_600_000;
/** Lifetime of the link of somebody invited, who has no password yet. */
export const INVITATION_MS = 7 * 24 * 3_600_000;

/** The prefix of API tokens; secret scanners recognize it too. */
export const TOKEN_PREFIX = "claw_";

/** A session as shown to its owner. */
export const Session = z.object({
  id: z.string(),
  /** The session that makes this call. */
  current: z.boolean(),
  /** Address and client at log-in. */
  address: z.string(),
  userAgent: z.string(),
  /** ISO-8601 UTC. */
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
});
export type Session = z.output<typeof Session>;

/** An API token as shown to its owner, without the token itself. */
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  scope: Scope,
  /** Null: all instances that its owner may see. */
  instanceIds: z.array(z.string()).nullable(),
  /** ISO-8601 UTC. */
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type ApiToken = z.output<typeof ApiToken>;

/** A new API token, with the token itself, which is returned only once. */
export const CreatedToken = ApiToken.extend({ token: z.string() });
export type CreatedToken = z.output<typeof CreatedToken>;

export const NewToken = z.object({
  name: InstanceName,
  scope: Scope,
  instanceIds: z.array(InstanceId).min(1).max(1_000).nullable().default(null),
  expiresInDays: z.int().min(1).max(366).default(90),
});
export type NewToken = z.output<typeof NewToken>;
