import { z } from "zod";
import type { Reason } from "../errors.ts";
import { InstanceId } from "../instance.ts";

/**
 * One thing that was done or refused, or several that are alike: see `count`. Never what was sent,
 * only names and ids.
 */
export interface AuditEntry {
  /** Counts up. */
  id: number;
  /** ISO-8601 UTC. */
  at: string;
  /** User name, or `schedule`; null when nobody was logged in, or no such user exists. */
  user: string | null;
  /** The session or API token that it was done by, or what the panel does by itself. */
  via: { kind: "session" | "token" | "schedule"; id: string } | null;
  /** Where it came from; empty when it was the panel itself. */
  address: string;
  /** Path of the procedure, such as `instances.start`; `backups.finish` is the end of a scheduled one, `instances.loseConfig` that a saved one did not last. */
  action: string;
  instanceIds: string[];
  /** Id or name of what else it was about, or of what it made: a user, job, backup, token, … */
  object: string | null;
  /** `partial`: a scheduled backup without some of its instances. */
  result: AuditResult;
  /**
   * How many deeds the line stands for: 1, unless somebody caused so many within a minute that the
   * rest is one line for each kind. When, how and where are then those of the last, and so is `object`.
   */
  count: number;
}

export type AuditResult = "ok" | "partial" | Reason;

export const AuditQuery = z.object({
  /** Where the page before ended. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
  limit: z.int().min(1).max(1_000).default(100),
  user: z.string().max(64).exactOptional(),
  /** A path, or the beginning of one that ends with a dot, such as `instances.`. */
  action: z.string().max(64).exactOptional(),
  instanceId: InstanceId.exactOptional(),
  /** Inclusive and exclusive. */
  since: z.iso.datetime().exactOptional(),
  until: z.iso.datetime().exactOptional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** Newest first. */
export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}
