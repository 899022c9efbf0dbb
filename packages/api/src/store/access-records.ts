import type { AuditEntry, AuditQuery } from "@claw/core/access/audit";
import type { Scope } from "@claw/core/access/credentials";
import type { Role } from "@claw/core/access/role";
import type { Subject } from "@claw/core/subject";

/** A person. Passwords and recovery codes are kept as hashes only; times are ISO-8601 UTC. */
export interface UserRecord {
  id: string;
  /** Unique; never changes. */
  username: string;
  displayName: string;
  role: Role;
  disabled: boolean;
  /** Argon2id as a PHC string; null: nobody can log in by a password. */
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
  /** Uids of these at that time; null: not confined. */
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
  /** The instances that it is about, as they were; of unknown uid and owner where it is older. */
  about: readonly Subject[];
}

export type NewAuditEntry = Omit<AuditRecord, "id">;

/** Everything about who may do what, and who did. */
export interface AccessRecords {
  /** In the order of their names. */
  listUsers(): Promise<UserRecord[]>;
  findUser(username: string): Promise<UserRecord | null>;
  findUserById(id: string): Promise<UserRecord | null>;
  /** Rejects with USER_EXISTS when the name is taken; with `first`, when there is any user. */
  insertUser(user: UserRecord, options?: { first: boolean }): Promise<void>;
  /**
   * Changes what the patch names. Rejects with USER_NOT_FOUND, and with LAST_ADMINISTRATOR when
   * nobody would be left who may administer.
   */
  updateUser(id: string, patch: UserRecordPatch): Promise<UserRecord>;
  /**
   * Marks the time step of a code as used: true for the one caller that is first, as long as the
   * secret is the user's and no code of this step or a later one was used.
   */
  takeTotpStep(userId: string, used: { secret: string; step: number }): Promise<boolean>;
  /** Crosses out a recovery code: true for the one caller that took it. */
  takeRecoveryCode(userId: string, hash: string): Promise<boolean>;
  /**
   * Also what the user has: sessions, tokens and links; their instances become nobody's. No-op
   * when there is none. Rejects with LAST_ADMINISTRATOR.
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
  /** All of a user's but the one named; all that ended before a moment. */
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

  /** Takes the place of the user's link before it. */
  saveLink(link: LinkRecord): Promise<void>;
  /** Null when there is none. */
  findLink(codeHash: string): Promise<LinkRecord | null>;
  /** No-op when there is none. */
  deleteLinkOf(userId: string): Promise<void>;
  /** True for the one caller that took it. */
  takeLink(codeHash: string): Promise<boolean>;

  /** Cannot be changed or taken away afterwards. */
  appendAudit(entry: NewAuditEntry): Promise<void>;
  /** Newest first, those before `cursor`. */
  listAudit(query: AuditFilter): Promise<AuditRecord[]>;
}

export interface AuditFilter extends Omit<AuditQuery, "cursor"> {
  /** Entries with smaller ids. */
  before: number | null;
  only?: AuditConcern;
}

/** Only what concerns somebody. */
export interface AuditConcern {
  /** What this person did, or what was done to instances that were theirs, since a moment. */
  person?: { username: string; since: string };
  /** What was done to these instances, whoever did it. */
  uids?: readonly string[];
}
