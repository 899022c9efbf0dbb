import type { DerivedStatus, ObservedContainer } from "./status.ts";

/** One run of a container, as a name; null when it does not run. */
export function runOf(observed: ObservedContainer | null): string | null {
  const isUp = observed?.state === "running" && observed.startedAt !== null;
  return isUp ? `${observed.containerId} ${observed.startedAt}` : null;
}

export const FOLDER_REPLACED =
  "Its container works in another data folder than the one that the panel sees: the folder was moved, replaced or mounted anew after the container had started. Restart the instance to bring the two together.";

/** `derived`; in error when what runs does not work in the data folder that belongs to it. */
export function withFolder(derived: DerivedStatus, isReplaced: boolean): DerivedStatus {
  if (!isReplaced || (derived.status !== "running" && derived.status !== "starting"))
    return derived;
  return {
    status: "error",
    statusReason: FOLDER_REPLACED,
    statusDetail: { code: "FOLDER_REPLACED", exitCode: null, lines: [] },
  };
}
