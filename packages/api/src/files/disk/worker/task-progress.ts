import type { InstanceId } from "@claw/core/instance";

export interface TaskProgress {
  /** The current instance, where there are several. */
  id: InstanceId | null;
  bytes: number;
  files: number;
  /** Of the archive itself, where one is read. */
  read?: number;
}

/** Call it as often as you like; the panel receives a few reports a second. */
export type Report = (progress: TaskProgress) => void;
