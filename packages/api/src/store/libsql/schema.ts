import type { BackedUpInstance, Backup } from "@claw/core/backup/backup";
import type { ConfigSource } from "@claw/core/config-history";
import type { Reason } from "@claw/core/errors";
import type { DesiredState, Ingress, InstanceId, InstanceSpec, Phase } from "@claw/core/instance";
import type { JobKind, JobLogLine, JobStatus } from "@claw/core/job";
import type { Subject } from "@claw/core/subject";
import { sql } from "drizzle-orm";
import {
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { ContainerBefore, ReplacedData, SpecChange } from "../replacement-records.ts";
import { users } from "./access-schema.ts";

/** One row per instance: its spec. Ports and subnets are unique among instances. */
export const instances = sqliteTable("instances", {
  id: text().primaryKey(),
  uid: text().notNull().unique("instances_uid"),
  name: text().notNull(),
  label: text().notNull().unique("instances_label"),
  ingress: text({ mode: "json" }).$type<Ingress>(),
  ingressFault: text("ingress_fault"),
  port: integer().notNull().unique("instances_port"),
  subnet: text().notNull().unique("instances_subnet"),
  image: text().notNull(),
  publishHost: text("publish_host").notNull(),
  timezone: text().notNull(),
  user: text(),
  owner: text().references(() => users.id, { onDelete: "set null" }),
  /** A trigger changes it with the owner. */
  ownership: text().notNull().default(""),
  group: text(),
  tags: text({ mode: "json" }).$type<string[]>().notNull().default([]),
  webhookPaths: text("webhook_paths", { mode: "json" }).$type<string[]>().notNull().default([]),
  template: text(),
  desired: text().$type<DesiredState>().notNull(),
  phase: text().$type<Phase>().notNull(),
  createdAt: text("created_at").notNull(),
  updatedAt: text("updated_at").notNull(),
});

/** One row per job, kept after its end. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: text().primaryKey(),
    kind: text().$type<JobKind>().notNull(),
    instanceId: text("instance_id"),
    instanceIds: text("instance_ids", { mode: "json" }).$type<readonly InstanceId[]>(),
    begunBy: text("begun_by"),
    about: text({ mode: "json" }).$type<Subject[]>().notNull().default([]),
    status: text().$type<JobStatus>().notNull(),
    progress: real().notNull(),
    step: text().notNull(),
    detail: text({ mode: "json" }).$type<unknown>(),
    error: text({ mode: "json" }).$type<{ reason: Reason; message: string }>(),
    result: text({ mode: "json" }).$type<unknown>(),
    createdAt: text("created_at").notNull(),
    startedAt: text("started_at"),
    finishedAt: text("finished_at"),
    log: text({ mode: "json" }).$type<readonly JobLogLine[]>().notNull().default([]),
  },
  (table) => [index("jobs_created_at").on(table.createdAt)],
);

/** One row per backup whose file is complete. */
export const backups = sqliteTable("backups", {
  id: text().primaryKey(),
  filename: text().notNull().unique("backups_filename"),
  size: integer().notNull(),
  sha256: text().notNull(),
  instances: text({ mode: "json" }).$type<BackedUpInstance[]>().notNull(),
  createdAt: text("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  note: text(),
  encryption: text().$type<NonNullable<Backup["encryption"]>>(),
  pinned: integer({ mode: "boolean" }).notNull(),
  verifiedAt: text("verified_at"),
  provenAt: text("proven_at"),
  fault: text(),
});

/** One row per instance whose data or spec is being replaced. */
export const replacements = sqliteTable("replacements", {
  instanceId: text("instance_id").primaryKey(),
  jobId: text("job_id").notNull(),
  data: text({ mode: "json" }).$type<ReplacedData>(),
  spec: text({ mode: "json" }).$type<SpecChange>(),
  specBefore: text("spec_before", { mode: "json" }).$type<InstanceSpec>(),
  containerBefore: text("container_before", { mode: "json" }).$type<ContainerBefore>(),
  startedAt: text("started_at").notNull(),
});

/** One row per folder that a restore replaced. */
export const snapshots = sqliteTable("safety_copies", {
  id: text().primaryKey(),
  instanceId: text("instance_id").notNull(),
  uid: text(),
  owner: text(),
  name: text().notNull(),
  backupId: text("backup_id").notNull(),
  kept: text().notNull().unique("safety_copies_kept"),
  bytes: integer().notNull(),
  createdAt: text("created_at").notNull(),
  expiresAt: text("expires_at").notNull(),
  undecided: integer({ mode: "boolean" }).notNull().default(false),
});

/** One row per version of an instance's configuration. */
export const configVersions = sqliteTable(
  "config_versions",
  {
    uid: text()
      .notNull()
      .references(() => instances.uid, { onDelete: "cascade" }),
    version: integer().notNull(),
    at: text().notNull(),
    by: text(),
    source: text().$type<ConfigSource>().notNull(),
    revision: text().notNull(),
    size: integer().notNull(),
    healthyAt: text("healthy_at"),
    isPending: integer("is_pending", { mode: "boolean" }).notNull(),
    ownership: text().notNull(),
    replaced: integer(),
    rollout: text(),
  },
  (table) => [primaryKey({ columns: [table.uid, table.version] })],
);

/** One row per text of these; `body` is UTF-8, compressed by zstd. It may hold credentials. */
export const configTexts = sqliteTable(
  "config_texts",
  {
    uid: text()
      .notNull()
      .references(() => instances.uid, { onDelete: "cascade" }),
    revision: text().notNull(),
    body: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.uid, table.revision] })],
);

/** One row per job that rolls out a change, which may hold credentials. */
export const configRollouts = sqliteTable("config_rollouts", {
  jobId: text("job_id")
    .primaryKey()
    .references(() => jobs.id, { onDelete: "cascade" }),
  patch: text({ mode: "json" }).$type<unknown>().notNull(),
});

export const settings = sqliteTable("settings", {
  key: text().primaryKey(),
  value: text({ mode: "json" }).$type<unknown>().notNull(),
});

/** One row per template that somebody has made or changed. At most one is the default. */
export const templates = sqliteTable(
  "templates",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** The name without its case: names are unique. */
    nameKey: text("name_key").notNull().unique("templates_name"),
    text: text().notNull(),
    isDefault: integer("is_default", { mode: "boolean" }).notNull(),
    updatedAt: text("updated_at").notNull(),
    updatedBy: text("updated_by"),
  },
  (table) => [uniqueIndex("templates_default").on(table.isDefault).where(sql`${table.isDefault}`)],
);
