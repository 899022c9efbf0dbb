import type { TransferProgress } from "@claw/core/backup/progress";
import type { Reason } from "@claw/core/errors";
import type { DesiredState, Phase } from "@claw/core/instance";
import type { JobKind, JobLogLine, JobStatus } from "@claw/core/job";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row an instance: its spec. Ports and subnets are unique among instances. */
export const instances = sqliteTable("instances", {
  id: text().primaryKey(),
  name: text().notNull(),
  port: integer().notNull().unique("instances_port"),
  subnet: text().notNull().unique("instances_subnet"),
  image: text().notNull(),
  publishHost: text("publish_host").notNull(),
  timezone: text().notNull(),
  user: text(),
  desired: text().$type<DesiredState>().notNull(),
  phase: text().$type<Phase>().notNull(),
  createdAt: text("created_at").notNull(),
  updatedAt: text("updated_at").notNull(),
});

/** One row a job, kept after its end. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: text().primaryKey(),
    kind: text().$type<JobKind>().notNull(),
    instanceId: text("instance_id"),
    status: text().$type<JobStatus>().notNull(),
    progress: real().notNull(),
    step: text().notNull(),
    detail: text({ mode: "json" }).$type<TransferProgress>(),
    error: text({ mode: "json" }).$type<{ reason: Reason; message: string }>(),
    result: text({ mode: "json" }).$type<unknown>(),
    createdAt: text("created_at").notNull(),
    startedAt: text("started_at"),
    finishedAt: text("finished_at"),
    log: text({ mode: "json" }).$type<readonly JobLogLine[]>().notNull().default([]),
  },
  (table) => [index("jobs_created_at").on(table.createdAt)],
);
