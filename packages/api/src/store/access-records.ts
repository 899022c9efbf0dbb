import type { AuditEntry, AuditQuery } from "@claw/core/access/audit";
import type { Scope } from "@claw/core/access/credentials";
import type { Role } from "@claw/core/access/role";
import type { Subject } from "@claw/core/subject";

/** A user. Passwords and recovery codes are stored as hashes only; times are ISO-8601 UTC. */
export interface UserRecord {
  id: string;
  /** Unique; never changes. */
  username: string;
  displayName: string;
  role: Role;
  disabled: boolean;
  /** Argon2id as a PHC string; null: no log-in by password. */
  passwordHash: string | null;
  /** Base32; null: no second factor. */
  totpSecret: string | null;
  /** The last time step whose code was used. */
  totpStep: number;
  recoveryHashes: readonly string[];
  lastLoginAt: string | null;
  createdAt: string;
}

export type UserRecordPatch = Partial<Omit<UserRecord, "id" | "username" | "createdAt">>;

export interface SessionRecord {
  id: string;
  /** SHA-256 of the token; unique. */
  tokenHash: string;
  userId: string;
  address: string;
  userAgent: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

export interface TokenRecord {
  id: string;
  /** SHA-256 of the token; unique. */
  tokenHash: string;
  userId: string;
  name: string;
  scope: Scope;
  instanceIds: string[] | null;
  /** Uids at creation; null: not confined. */
  instanceUids: string[] | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export interface LinkRecord {
  userId: string;
  /** SHA-256 of the code; unique. */
  codeHash: string;
  expiresAt: string;
}

export interface AuditRecord extends AuditEntry {
  /** The instances concerned, as they were; older entries have unknown uids and owners. */
  about: readonly Subject[];
}

export type NewAuditEntry = Omit<AuditRecord, "id">;

/** Users, credentials and the audit trail. */
export interface AccessRecords {
  /** Sorted by name. */
  listUsers(): Promise<UserRecord[]>;
  findUser(username: string): Promise<UserRecord | null>;
  findUserById(id: string): Promise<UserRecord | null>;
  /** Rejects with USER_EXISTS when the name is taken; with `first`, when any user exists. */
  insertUser(user: UserRecord, options?: { first: boolean }): Promise<void>;
  /**
   * Changes the fields of the patch. Rejects with USER_NOT_FOUND, and with LAST_ADMINISTRATOR when
   * no active administrator would remain.
   */
  updateUser(id: string, patch: UserRecordPatch): Promise<UserRecord>;
  /**
   * Marks a code's time step as used: true for the first caller only, provided that the secret is
   * still the user's and no code of this or a later step was used.
   */
  takeTotpStep(userId: string, used: { secret: string; step: number }): Promise<boolean>;
  /** Consumes a recovery code: true for the first caller only. */
  takeRecoveryCode(userId: string, hash: string): Promise<boolean>;
  /**
   * Also deletes the user's sessions, tokens and links; instances lose their owner. No-op when
   * there is none. Rejects with LAST_ADMINISTRATOR.
   */
  deleteUser(id: string): Promise<void>;

  insertSession(session: SessionRecord): Promise<void>;
  findSession(tokenHash: string): Promise<SessionRecord | null>;
  /** Newest first. */
  listSessions(userId: string): Promise<SessionRecord[]>;
  /** No-op when there is none. */
  touchSession(id: string, lastSeenAt: string): Promise<void>;
  /** No-op when there is none. */
  deleteSession(id: string): Promise<void>;
  /** All of a user's except the named one; all that ended before a time. */
  deleteSessionsOf(userId: string, except: string | null): Promise<void>;
  deleteSessionsBefore(moments: { lastSeenAt: string; expiresAt: string }): Promise<void>;

  insertToken(token: TokenRecord): Promise<void>;
  findToken(tokenHash: string): Promise<TokenRecord | null>;
  /** Newest first. */
  listTokens(userId: string): Promise<TokenRecord[]>;
  /** No-op when there is none. */
  touchToken(id: string, lastUsedAt: string): Promise<void>;
  /** No-op when there is none. */
  deleteToken(id: string): Promise<void>;
  /** All of a user's. */
  deleteTokensOf(userId: string): Promise<void>;

  /** Replaces the user's former link. */
  saveLink(link: LinkRecord): Promise<void>;
  /** Null when there is none. */
  findLink(codeHash: string): Promise<LinkRecord | null>;
  /** No-op when there is none. */
  deleteLinkOf(userId: string): Promise<void>;
  /** True for the first caller only. */
  takeLink(codeHash: string): Promise<boolean>;

  /** Entries can be neither changed nor deleted. */
  appendAudit(entry: NewAuditEntry): Promise<void>;
  /** Newest first, those before `cursor`. */
  listAudit(query: AuditFilter): Promise<AuditRecord[]>;
}

export interface AuditFilter extends Omit<AuditQuery, "cursor"> {
  /** Entries with smaller ids. */
  before: number | null;
  only?: AuditConcern;
}

/** Restricts the result to what concerns a user. */
export interface AuditConcern {
  /** Events by this user since a time, and events about instances that were the user's then. */
  person?: { username: string; since: string };
  /** Events about these instances, by any user. */
  uids?: readonly string[];
}
