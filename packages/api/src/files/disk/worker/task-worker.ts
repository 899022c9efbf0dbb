/** The entry of a worker: runs its one task, reports progress, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { DomainError, messageOf } from "@claw/core/errors";
import type { PackTask } from "../archive/pack/pack-archive.ts";
import type { InspectTask } from "../archive/read/inspect-archive.ts";
import type { VerifyTask } from "../archive/read/verify-archive.ts";
import type { UnpackTask } from "../archive/unpack/unpack-instance.ts";
import { fileError } from "../errors.ts";
import type { CopyTask } from "../storage/copy-folders.ts";
import type { MeasureTask } from "../storage/measure-folder.ts";
import type { RemoveTask } from "../storage/remove-tree.ts";
import type { Report, TaskProgress } from "./task-progress.ts";

/** Messages of a worker, during the work and at its end. */
export type TaskMessage =
  | { kind: "progress"; progress: TaskProgress }
  | { kind: "done"; result: unknown }
  | { kind: "refused"; error: Pick<DomainError, "reason" | "message" | "issues"> }
  | { kind: "failed"; message: string; stack: string | undefined };

/** Loads each task's code on demand: a worker starts at once. */
const TASKS = {
  copy: async (input: CopyTask, report: Report) =>
    (await import("../storage/copy-folders.ts")).copyFolders(input, report),
  measure: async (input: MeasureTask) =>
    (await import("../storage/measure-folder.ts")).measureFolder(input),
  remove: async (input: RemoveTask) =>
    (await import("../storage/remove-tree.ts")).removeTree(input),
  pack: async (input: PackTask, report: Report) =>
    (await import("../archive/pack/pack-archive.ts")).packArchive(input, report),
  inspect: async (input: InspectTask) =>
    (await import("../archive/read/inspect-archive.ts")).inspectArchive(input),
  verify: async (input: VerifyTask, report: Report) =>
    (await import("../archive/read/verify-archive.ts")).verifyArchive(input, report),
  unpack: async (input: UnpackTask, report: Report) =>
    (await import("../archive/unpack/unpack-instance.ts")).unpackInstance(input, report),
};
export type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;

const REPORT_EVERY_MS = 200;

const say = (message: TaskMessage) => parentPort?.postMessage(message);

function throttled(): Report & { flush: () => void } {
  let due = 0;
  let held: TaskProgress | null = null;
  const send = (progress: TaskProgress) => {
    held = null;
    due = performance.now() + REPORT_EVERY_MS;
    say({ kind: "progress", progress });
  };
  const report = (progress: TaskProgress) => {
    const { id } = progress;
    // Send the last report on an instance before the first on the next.
    if (held !== null && held.id !== id) send(held);
    if (performance.now() >= due) send(progress);
    else held = progress;
  };
  return Object.assign(report, { flush: () => held !== null && send(held) });
}

async function work(name: TaskName, input: never): Promise<void> {
  const report = throttled();
  try {
    const result = await TASKS[name](input, report);
    report.flush();
    say({ kind: "done", result });
  } catch (thrown) {
    const error = fileError(thrown);
    if (error instanceof DomainError) {
      const { reason, message, issues } = error;
      say({ kind: "refused", error: { reason, message, issues } });
    } else {
      const stack = error instanceof Error ? error.stack : undefined;
      say({ kind: "failed", message: messageOf(error), stack });
    }
  }
}

if (parentPort) await work(workerData.name, workerData.input as never);
