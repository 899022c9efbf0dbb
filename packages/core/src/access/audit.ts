import { z } from "zod";
import { REASONS, recordedReason } from "../errors.ts";
import { InstanceId } from "../instance.ts";

const AuditResult = z.enum(["ok", "partial", ...REASONS]);
export type AuditResult = z.infer<typeof AuditResult>;

/** The result in a record, which another version may have written. */
export function recordedResult(text: string): AuditResult {
  return text === "ok" || text === "partial" ? text : recordedReason(text);
}

/**
 * One or more like actions (see `count`), done or refused. Holds names and ids, never the input.
 */
export const AuditEntry = z.object({
  /** Increasing. */
  id: z.number(),
  /** ISO-8601 UTC. */
  at: z.string(),
  /** User name or `schedule`; null without a log-in or for an unknown user. */
  user: z.string().nullable(),
  /** The session or API token used, or the schedule. */
  via: z.object({ kind: z.enum(["session", "token", "schedule"]), id: z.string() }).nullable(),
  /** The caller's address; empty for the panel itself. */
  address: z.string(),
  /**
   * The procedure's path, such as `instances.start`. `backups.finish`: a scheduled backup ended;
   * `instances.loseConfig`: a saved configuration was undone;
   * `instances.openPaths`: other paths of an instance are open without a session;
   * `batches.stop` and the like: a batch with this action ended.
   */
  action: z.string(),
  instanceIds: z.array(z.string()),
  /** Id or name of the other object acted on or created: a user, job, backup, token, … */
  object: z.string().nullable(),
  /** `partial`: a scheduled backup or batch that lacks some of its instances. */
  result: AuditResult,
  /**
   * Number of actions in this line: 1, unless one caller exceeded the limit within a minute and the
   * rest was merged into a line per kind. Time, result, address and `object` are then the last
   * one's.
   */
  count: z.number(),
});
export type AuditEntry = z.output<typeof AuditEntry>;

export const AuditQuery = z.object({
  /** The cursor of the previous page. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
  limit: z.int().min(1).max(1_000).default(100),
  user: z.string().max(64).exactOptional(),
  /** A path, or a prefix that ends with a dot, such as `instances.`. */
  action: z.string().max(64).exactOptional(),
  instanceId: InstanceId.exactOptional(),
  /** `since` is inclusive, `until` exclusive. */
  since: z.iso.datetime().exactOptional(),
  until: z.iso.datetime().exactOptional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** Newest first. */
export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.output<typeof AuditPage>;
