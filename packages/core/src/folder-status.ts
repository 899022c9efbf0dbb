import type { DerivedStatus, ObservedContainer } from "./status.ts";

/** Identifies one run of a container; null when it is not running. */
export function runOf(observed: ObservedContainer | null): string | null {
  const isUp = observed?.state === "running" && observed.startedAt !== null;
  return isUp ? `${observed.containerId} ${observed.startedAt}` : null;
}

export const FOLDER_REPLACED =
  "Its container works in another data folder than the one that the panel sees: the folder was moved, replaced or mounted anew after the container had started. Restart the instance to bring the two together.";

/** `derived`, but in error when the container runs outside the data folder that belongs to it. */
export function withFolder(derived: DerivedStatus, isReplaced: boolean): DerivedStatus {
  if (!isReplaced || (derived.status !== "running" && derived.status !== "starting"))
    return derived;
  return {
    status: "error",
    statusReason: FOLDER_REPLACED,
    statusDetail: { code: "FOLDER_REPLACED", exitCode: null, lines: [] },
  };
}
