import type { AuditEntry, AuditResult } from "@claw/core/access/audit";
import type { Scope } from "@claw/core/access/credentials";
import type { Role } from "@claw/core/access/role";
import type { Subject } from "@claw/core/subject";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per user. */
export const users = sqliteTable("users", {
  id: text().primaryKey(),
  username: text().notNull().unique("users_username"),
  displayName: text("display_name").notNull(),
  role: text().$type<Role>().notNull(),
  disabled: integer({ mode: "boolean" }).notNull(),
  passwordHash: text("password_hash"),
  totpSecret: text("totp_secret"),
  totpStep: integer("totp_step").notNull(),
  recoveryHashes: text("recovery_hashes", { mode: "json" }).$type<readonly string[]>().notNull(),
  lastLoginAt: text("last_login_at"),
  createdAt: text("created_at").notNull(),
});

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    tokenHash: text("token_hash").notNull().unique("sessions_token_hash"),
    userId: userId(),
    address: text().notNull(),
    userAgent: text("user_agent").notNull(),
    createdAt: text("created_at").notNull(),
    lastSeenAt: text("last_seen_at").notNull(),
    expiresAt: text("expires_at").notNull(),
  },
  (table) => [index("sessions_user_id").on(table.userId)],
);

export const tokens = sqliteTable(
  "tokens",
  {
    id: text().primaryKey(),
    tokenHash: text("token_hash").notNull().unique("tokens_token_hash"),
    userId: userId(),
    name: text().notNull(),
    scope: text().$type<Scope>().notNull(),
    instanceIds: text("instance_ids", { mode: "json" }).$type<string[]>(),
    instanceUids: text("instance_uids", { mode: "json" }).$type<string[]>(),
    createdAt: text("created_at").notNull(),
    expiresAt: text("expires_at").notNull(),
    lastUsedAt: text("last_used_at"),
  },
  (table) => [index("tokens_user_id").on(table.userId)],
);

/** At most one link per user. */
export const links = sqliteTable("links", {
  userId: userId().primaryKey(),
  codeHash: text("code_hash").notNull().unique("links_code_hash"),
  expiresAt: text("expires_at").notNull(),
});

/** One row per audit event; triggers of the migration refuse to change or delete one. */
export const audit = sqliteTable(
  "audit",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: text().notNull(),
    user: text(),
    viaKind: text("via_kind").$type<NonNullable<AuditEntry["via"]>["kind"]>(),
    viaId: text("via_id"),
    address: text().notNull(),
    action: text().notNull(),
    instanceIds: text("instance_ids", { mode: "json" }).$type<string[]>().notNull(),
    about: text({ mode: "json" }).$type<readonly Subject[]>().notNull().default([]),
    object: text(),
    result: text().$type<AuditResult>().notNull(),
    count: integer().notNull().default(1),
  },
  (table) => [index("audit_user").on(table.user), index("audit_at").on(table.at)],
);
