import { lstat } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";

const label = (name: string) => {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(name)) return name;
  throw new Error(`${JSON.stringify(name)} is no name of a folder`);
};

/** Names as those of the disk storage, whose folders a test may look at. */
export function memoryPlaces(home: string) {
  const instances = path.join(home, "instances");
  const live = (id: string) => path.join(instances, InstanceId.parse(id));
  return {
    instances,
    live,
    copy: (id: string, copy: string) =>
      path.join(instances, `.copy-${label(copy)}-${InstanceId.parse(id)}`),
    staged: (staged: string) => path.join(instances, `.staged-${label(staged)}`),
    kept: (kept: string) => path.join(instances, `.kept-${label(kept)}`),
  };
}
export type MemoryPlaces = ReturnType<typeof memoryPlaces>;

export const configOf = (folder: string) => path.join(folder, "data", "openclaw.json");

/** The entry at this place; follows no link. */
export async function kindOf(target: string): Promise<"nothing" | "folder" | "file" | "other"> {
  const found = await lstat(target).catch(() => null);
  if (found === null) return "nothing";
  if (found.isDirectory()) return "folder";
  return found.isFile() ? "file" : "other";
}

export const exists = async (target: string) => (await kindOf(target)) !== "nothing";

/** Throws FILES_DENIED for anything but a folder. */
export async function requireFolder(target: string): Promise<void> {
  const kind = await kindOf(target);
  if (kind !== "folder" && kind !== "nothing")
    throw new DomainError("FILES_DENIED", `${target} is not a folder.`);
}

export function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  if (signal.reason instanceof DomainError) throw signal.reason;
  throw new DomainError("CANCELLED", "It was cancelled.", { cause: signal.reason });
}
