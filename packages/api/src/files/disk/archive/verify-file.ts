import type { Unlock } from "@claw/core/backup/backup";
import type { ArchiveOptions, VerifyReport } from "../../archives.ts";
import { runTask } from "./worker/run-task.ts";

/** Reads a file of the backup folder completely, in a worker. */
export function verifyFile(
  file: string,
  { signal, onProgress, unlock }: ArchiveOptions & { unlock?: Unlock | undefined },
): Promise<VerifyReport> {
  return runTask(
    "verify",
    { file, unlock },
    { signal, onProgress: (done) => onProgress?.({ step: "verifying", ...done }) },
  );
}
