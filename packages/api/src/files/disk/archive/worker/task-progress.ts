import type { InstanceId } from "@claw/core/instance";

export interface TaskProgress {
  /** The instance that is being worked on, where there are several. */
  id: InstanceId | null;
  bytes: number;
  files: number;
  /** Of the archive itself, where one is read. */
  read?: number;
}

/** Called as often as a task likes; the panel hears of it some times a second. */
export type Report = (progress: TaskProgress) => void;
