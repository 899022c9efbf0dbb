import { z } from "zod";
import { InstanceId } from "./instance.ts";

/**
 * What wrote a version: a person by `editor`, `form`, `roll-out` or `restore`, OpenClaw's
 * onboarding for an `initialise`, the `panel` for itself, or `openclaw`: anything else that changed
 * the file.
 */
export const ConfigSource = z.enum([
  "editor",
  "form",
  "roll-out",
  "initialise",
  "restore",
  "panel",
  "openclaw",
]);
export type ConfigSource = z.infer<typeof ConfigSource>;

/** By what a person's text was made, as their page says; programs make theirs as in an editor. */
export const EditedBy = ConfigSource.extract(["editor", "form"]);
export type EditedBy = z.infer<typeof EditedBy>;

/** A text that openclaw.json has had. */
export const ConfigVersion = z.object({
  /** Counts from 1 for each instance. */
  version: z.number(),
  /** ISO-8601 UTC. Of a change that the panel found, when it did. */
  at: z.string(),
  /** User name; null: nobody in particular. */
  by: z.string().nullable(),
  source: ConfigSource,
  revision: z.string(),
  /** Bytes of the text. */
  size: z.number(),
  /** The file has this text now, as its newest version. */
  current: z.boolean(),
  /** The instance has come up with it, or its gateway has taken it while it ran. */
  healthy: z.boolean(),
  /** The last time, or null. */
  healthyAt: z.string().nullable(),
});
export type ConfigVersion = z.output<typeof ConfigVersion>;

export const ConfigHistoryQuery = z.object({
  id: InstanceId,
  /** The cursor of the previous page. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ConfigHistoryQuery = z.output<typeof ConfigHistoryQuery>;

export const ConfigVersionText = ConfigVersion.extend({ text: z.string() });
export type ConfigVersionText = z.output<typeof ConfigVersionText>;

/** Two versions, and the dotted paths of the values that differ; none for what is no JSON5. */
export const ConfigDifference = z.object({
  from: ConfigVersionText,
  to: ConfigVersionText,
  paths: z.array(z.string()),
});
export type ConfigDifference = z.output<typeof ConfigDifference>;

/** Newest first. */
export const ConfigHistory = z.object({
  versions: z.array(ConfigVersion),
  /** The last one with which the instance was healthy, on whichever page it is. */
  lastHealthy: ConfigVersion.nullable(),
  nextCursor: z.string().nullable(),
});
export type ConfigHistory = z.output<typeof ConfigHistory>;

/** Kept of each instance, besides the newest and the last healthy version. */
export const KEPT = {
  /** Those that people or the panel wrote. */
  written: 200,
  /** OpenClaw may change its file every minute; that must not push out what people wrote. */
  found: 50,
  /** Compressed bytes of all. */
  bytes: 8 * 1024 * 1024,
};

export interface KeptVersion {
  version: number;
  source: ConfigSource;
  healthyAt: string | null;
  /** Bytes that the text takes; 0 when a newer version has the same. */
  stored: number;
}

/** The versions that exceed what is kept; `versions` are newest first. */
export function excessVersions(versions: readonly KeptVersion[], kept = KEPT): number[] {
  const lastHealthy = versions.find(({ healthyAt }) => healthyAt !== null);
  let written = 0;
  let found = 0;
  let bytes = 0;
  return versions.flatMap((each, index) => {
    if (index === 0 || each === lastHealthy) {
      bytes += each.stored;
      return [];
    }
    const isFound = each.source === "openclaw";
    const isExcess =
      bytes + each.stored > kept.bytes || (isFound ? found >= kept.found : written >= kept.written);
    if (isExcess) return [each.version];
    bytes += each.stored;
    if (isFound) found += 1;
    else written += 1;
    return [];
  });
}
