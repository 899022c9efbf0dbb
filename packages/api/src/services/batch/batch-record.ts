import type { BatchBefore, BatchItemResult, BatchResult, MadeInstance } from "@claw/core/batch";
import { type BatchOrder, idsOf } from "@claw/core/batch-request";
import { messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobHandle } from "../runtime/job-run.ts";

/**
 * Publishes the progress of a batch in its job. Each operation is on disk before it begins and
 * again after it has ended, so that a batch cut off by a crash reports all of them.
 */
export interface BatchRecord {
  begin(id: InstanceId, known: KnownAtBegin): Promise<void>;
  /** Said with the result of this instance. */
  tell(id: InstanceId, facts: WrittenFacts): void;
  done(id: InstanceId): Promise<void>;
  /** The batch continues without this instance. */
  fail(id: InstanceId, error: unknown): Promise<void>;
  /** The batch was cancelled before this operation had ended. */
  leave(id: InstanceId): Promise<void>;
  pause(paused: boolean): void;
  wave(number: number, of: number): void;
  /** The batch has ended, perhaps while it was paused: nothing can be resumed. */
  end(): void;
  readonly results: readonly BatchItemResult[];
  current(): BatchResult;
}

/** Facts about a written configuration that the user should know. */
export type WrittenFacts = Pick<BatchItemResult, "unjudged" | "needsRestart">;

/** Facts on an instance when its operation begins. */
export interface KnownAtBegin {
  /** Null: there is no such instance. */
  before: BatchBefore | null;
  /** Null: the batch does not create it. */
  made: MadeInstance | null;
}

export function createBatchRecord(
  job: JobHandle<"batch">,
  request: BatchOrder,
  undoes?: string,
): BatchRecord {
  const { action } = request;
  const total = idsOf(request).length;
  const underWay = new Map<InstanceId, MadeInstance | null>();
  const told = new Map<InstanceId, WrittenFacts>();
  const results: BatchItemResult[] = [];
  const before: BatchBefore[] = [];
  let wave: BatchResult["wave"];
  let paused = false;
  const current = (): BatchResult => ({
    action,
    deleteData: request.action === "remove" && (request.options?.deleteData ?? false),
    results: [...results],
    underWay: [...underWay.keys()],
    making: [...underWay].flatMap(([id, made]) => (made ? { id, ...made } : [])),
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
  const finish = (result: BatchItemResult) => {
    results.push({ ...result, ...underWay.get(result.id), ...told.get(result.id) });
    underWay.delete(result.id);
    tell();
    return job.save();
  };
  tell();
  return {
    begin(id, known) {
      underWay.set(id, known.made);
      if (known.before) before.push(known.before);
      tell();
      return job.save();
    },
    tell(id, facts) {
      told.set(id, { ...told.get(id), ...facts });
      const { unjudged, needsRestart } = facts;
      if (unjudged) job.note(`${id}: only its schema was checked: ${unjudged.message}`);
      if (needsRestart) job.note(`${id}: takes effect after a restart`);
    },
    done(id) {
      job.note(`${id}: done`);
      return finish({ id, ok: true });
    },
    fail(id, error) {
      const failure = { id, reason: reasonOf(error), message: messageOf(error) };
      job.failed(failure);
      return finish({ ...failure, ok: false });
    },
    leave(id) {
      const message = `The batch was cancelled before the operation on ${id} had ended.`;
      job.note(message);
      return finish({ id, ok: false, reason: "CANCELLED", message });
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
    end() {
      paused = false;
      tell();
    },
    results,
    current,
  };
}
