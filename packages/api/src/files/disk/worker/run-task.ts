import path from "node:path";
import { Worker } from "node:worker_threads";
import { DomainError } from "@claw/core/errors";
import type { TaskProgress } from "./task-progress.ts";
import type { TaskMessage, TaskName, Tasks } from "./task-worker.ts";

export interface TaskOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: TaskProgress) => void) | undefined;
}

/** A source file beside this one, or a part of the bundle beside it (scripts/bundle.mjs). */
const WORKER = new URL(`./task-worker${path.extname(import.meta.url)}`, import.meta.url);

/**
 * Enough for the largest manifest; a worker that exceeds it must not take the panel along. Its
 * young generation would grow to 67 MB without making it faster.
 */
const LIMITS = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 16 };

/**
 * Runs a task in a thread of its own, where it may block on reads and writes. When `signal` aborts,
 * the thread is terminated at any point; the promise rejects once it is gone, so that its leftovers
 * can be removed safely.
 */
export async function runTask<Name extends TaskName>(
  name: Name,
  input: Parameters<Tasks[Name]>[0],
  options: TaskOptions = {},
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  const { signal, onProgress } = options;
  if (signal?.aborted) throw cancelled(signal);
  const worker = new Worker(WORKER, {
    workerData: { name, input },
    // Of the panel's own Node options, such as an inspector's port, only this applies to a worker.
    execArgv: process.sourceMapsEnabled ? ["--enable-source-maps"] : [],
    resourceLimits: LIMITS,
  });
  const end = () => void worker.terminate();
  signal?.addEventListener("abort", end);
  try {
    const last = await lastMessage(worker, onProgress);
    if (last?.kind === "done") return last.result as Awaited<ReturnType<Tasks[Name]>>;
    if (last === null && signal?.aborted) throw cancelled(signal);
    throw revived(last);
  } finally {
    signal?.removeEventListener("abort", end);
    await worker.terminate();
  }
}

/** Resolves when the thread has ended: with its result, or null without one. */
function lastMessage(
  worker: Worker,
  onProgress: TaskOptions["onProgress"],
): Promise<TaskMessage | null> {
  return new Promise((resolve, reject) => {
    let last: TaskMessage | null = null;
    worker.on("message", (message: TaskMessage) => {
      if (message.kind === "progress") onProgress?.(message.progress);
      else last = message;
    });
    worker.on("error", reject);
    worker.on("exit", () => resolve(last));
  });
}

function revived(last: TaskMessage | null): Error {
  if (last?.kind === "refused") {
    const { reason, message, issues } = last.error;
    return new DomainError(reason, message, issues === undefined ? {} : { issues });
  }
  const error = new Error(last?.kind === "failed" ? last.message : "the worker ended too early");
  if (last?.kind === "failed" && last.stack) error.stack = last.stack;
  return error;
}

function cancelled(signal: AbortSignal): DomainError {
  if (signal.reason instanceof DomainError) return signal.reason;
  return new DomainError("CANCELLED", "It was cancelled.", { cause: signal.reason });
}
