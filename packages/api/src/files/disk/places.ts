import { randomBytes } from "node:crypto";
import path from "node:path";
import { ArchiveFilename } from "@claw/core/backup/archive-names";
import { InstanceId } from "@claw/core/instance";
import type { StorageHandle } from "@claw/core/workload";
import { z } from "zod";

/** The panel's names for a copy, a staged folder or a snapshot: generated ids. */
const Label = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/);

const COPY = ".copy-";
const STAGED = ".staged-";
const KEPT = ".kept-";
const PARTIAL = ".partial";
/** Folders being removed; a name that no instance id can have. */
const REMOVING = ".removing-";

/** The paths of everything; names are checked, so no path leads out of its folder. */
export interface Places {
  backups: string;
  instances: string;
  archive(filename: string): string;
  /** The file that becomes an archive when complete. */
  draft(id: string): string;
  /** A temporary file for the time of packing a draft. */
  scratch(id: string): string;
  instance(id: InstanceId): string;
  copy(id: InstanceId, copy: string): string;
  staged(staged: string): string;
  kept(kept: string): string;
  /** The handle by which the engine mounts a place. */
  handleOf(place: string): StorageHandle;
}

export function placesIn(home: string): Places {
  const backups = path.join(home, "backup");
  const instances = path.join(home, "instances");
  const named = (prefix: string, label: string) =>
    path.join(instances, prefix + Label.parse(label));
  return {
    backups,
    instances,
    archive: (filename) => path.join(backups, ArchiveFilename.parse(filename)),
    draft: (id) => path.join(backups, `.claw-${Label.parse(id)}${PARTIAL}`),
    scratch: (id) => path.join(backups, `.claw-${Label.parse(id)}.files${PARTIAL}`),
    instance: (id) => path.join(instances, InstanceId.parse(id)),
    copy: (id, copy) => `${named(COPY, copy)}-${InstanceId.parse(id)}`,
    staged: (staged) => named(STAGED, staged),
    kept: (kept) => named(KEPT, kept),
    handleOf: (place) => path.relative(home, place).replaceAll(path.sep, "/"),
  };
}

export const configIn = (folder: string) => path.join(folder, "data", "openclaw.json");

export const isPartial = (name: string) => name.startsWith(".") && name.endsWith(PARTIAL);

/** Whether a folder beside the instances is an unneeded one of ours. */
export function isLeftover(
  name: string,
  needed: { staged: readonly string[]; kept: readonly string[] },
): boolean {
  if (name.startsWith(COPY)) return true;
  if (name.startsWith(STAGED)) return !needed.staged.includes(name.slice(STAGED.length));
  if (name.startsWith(KEPT)) return !needed.kept.includes(name.slice(KEPT.length));
  return false;
}

/** A name for one of our folders being removed. */
export const removingName = (folder: string) =>
  `${REMOVING}${withoutDot(folder)}-${randomBytes(4).toString("hex")}`;

const withoutDot = (folder: string) => path.basename(folder).replace(/^\./, "");

export const isRemoving = (name: string) => name.startsWith(REMOVING);

/** Whether a folder being removed is the remainder of that folder. */
export const isRestOf = (name: string, folder: string) =>
  isRemoving(name) && name.slice(REMOVING.length, -9) === withoutDot(folder);
