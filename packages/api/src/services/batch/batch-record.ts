import type { BatchBefore, BatchItemResult, BatchResult, MadeInstance } from "@claw/core/batch";
import { type BatchRequest, idsOf } from "@claw/core/batch-request";
import { messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobHandle } from "../runtime/job-run.ts";

/**
 * Publishes the progress of a batch in its job. Each operation is on disk before it begins and
 * again after it has ended, so that a batch cut off by a crash reports all of them.
 */
export interface BatchRecord {
  /** `before`: null for an instance that is to be created. */
  begin(id: InstanceId, before: BatchBefore | null): Promise<void>;
  done(id: InstanceId, made?: MadeInstance): Promise<void>;
  /** The batch continues without this instance. */
  fail(id: InstanceId, error: unknown, made?: MadeInstance): Promise<void>;
  /** The batch was cancelled before this operation had ended. */
  leave(id: InstanceId, made?: MadeInstance): Promise<void>;
  pause(paused: boolean): void;
  wave(number: number, of: number): void;
  readonly results: readonly BatchItemResult[];
  current(): BatchResult;
}

export function createBatchRecord(
  job: JobHandle<"batch">,
  request: BatchRequest,
  undoes?: string,
): BatchRecord {
  const { action } = request;
  const total = idsOf(request).length;
  const underWay = new Set<InstanceId>();
  const results: BatchItemResult[] = [];
  const before: BatchBefore[] = [];
  let wave: BatchResult["wave"];
  let paused = false;
  const current = (): BatchResult => ({
    action,
    deleteData: request.action === "remove" && (request.options?.deleteData ?? false),
    results: [...results],
    underWay: [...underWay],
    paused,
    ...(wave && { wave }),
    before: [...before],
    request,
    ...(undoes !== undefined && { undoes }),
  });
  const tell = () => {
    job.result(current());
    job.report(results.length / total, `batch.${action}`);
  };
  const end = (result: BatchItemResult) => {
    underWay.delete(result.id);
    results.push(result);
    tell();
    return job.save();
  };
  tell();
  return {
    begin(id, was) {
      underWay.add(id);
      if (was) before.push(was);
      tell();
      return job.save();
    },
    done(id, made) {
      job.note(`${id}: done`);
      return end({ id, ok: true, ...made });
    },
    fail(id, error, made) {
      const failure = { id, reason: reasonOf(error), message: messageOf(error) };
      job.failed(failure);
      return end({ ...failure, ok: false, ...made });
    },
    leave(id, made) {
      const message = `The batch was cancelled before the operation on ${id} had ended.`;
      job.note(message);
      return end({ id, ok: false, reason: "CANCELLED", message, ...made });
    },
    pause(now) {
      paused = now;
      job.note(paused ? "paused" : "resumed");
      tell();
    },
    wave(number, of) {
      wave = { number, of };
      job.note(`wave ${number} of ${of}`);
      tell();
    },
    results,
    current,
  };
}
