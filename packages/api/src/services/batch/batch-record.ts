import type { BatchItemResult, BatchRequest, BatchResult } from "@claw/core/batch";
import { messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobHandle } from "../runtime/jobs.ts";

/** Publishes the progress of a batch in its job. */
export interface BatchRecord {
  begin(id: InstanceId): void;
  done(id: InstanceId): void;
  /** The batch continues without this instance. */
  fail(id: InstanceId, error: unknown): void;
  /** The batch was cancelled before this operation had ended. */
  leave(id: InstanceId): void;
  readonly results: readonly BatchItemResult[];
  current(): BatchResult;
}

export function createBatchRecord(job: JobHandle, request: BatchRequest): BatchRecord {
  const { action, ids } = request;
  const underWay = new Set<InstanceId>();
  const results: BatchItemResult[] = [];
  const current = (): BatchResult => ({
    action,
    deleteData: request.options?.deleteData ?? false,
    results: [...results],
    underWay: [...underWay],
  });
  const tell = () => {
    job.result(current());
    job.report(results.length / ids.length, `batch.${action}`);
  };
  const end = (result: BatchItemResult) => {
    underWay.delete(result.id);
    results.push(result);
    tell();
  };
  tell();
  return {
    begin(id) {
      underWay.add(id);
      tell();
    },
    done(id) {
      job.note(`${id}: done`);
      end({ id, ok: true });
    },
    fail(id, error) {
      const failure = { id, reason: reasonOf(error), message: messageOf(error) };
      job.failed(failure);
      end({ ...failure, ok: false });
    },
    leave(id) {
      const message = `The batch was cancelled before the operation on ${id} had ended.`;
      job.note(message);
      end({ id, ok: false, reason: "CANCELLED", message });
    },
    results,
    current,
  };
}
