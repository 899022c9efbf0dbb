import { z } from "zod";

/**
 * Name of an archive in the backup folder: characters that every file system and HTTP header
 * accepts; never a hidden file.
 */
export const ArchiveFilename = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.tar$/);
export type ArchiveFilename = z.infer<typeof ArchiveFilename>;

/**
 * The name of a new archive: `claw-20261122-081500-3.tar` for three instances. `attempt` above 1
 * distinguishes archives of the same second.
 */
export function archiveFilename(createdAt: string, count: number, attempt = 1): ArchiveFilename {
  const digits = new Date(createdAt).toISOString().replaceAll(/[^0-9]/g, "");
  const stamp = `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
  return `claw-${stamp}-${count}${attempt > 1 ? `-${attempt}` : ""}.tar`;
}
