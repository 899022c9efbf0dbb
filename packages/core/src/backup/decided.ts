import type { Instance } from "../instance.ts";

/** Nothing is left to decide about a restore once its instance runs, or is gone or another one. */
export function isDecided(
  { uid }: { uid: string | null },
  instance: Pick<Instance, "uid" | "status"> | null | undefined,
): boolean {
  return !instance || instance.uid !== uid || instance.status === "running";
}
