import type { Viewer } from "@claw/core/access/viewer";
import type { MadeInstance } from "@claw/core/batch";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import type { StopOptions } from "../instance/take-down.ts";
import { WORK_MAY_TAKE_MS } from "../runtime/drains.ts";
import { WAIT_FOR_ONE_MS } from "../runtime/instance-locks.ts";
import type { WrittenFacts } from "./batch-record.ts";

/** Context of the work on one instance of a batch. */
export interface TaskContext {
  ctx: AppContext;
  /** The batch's job. */
  jobId: string;
  /** The user who began the batch, as of now. */
  viewer: Viewer;
  /** The same as the audit trail names it. */
  by: Actor;
  /** Aborts when the batch is cancelled. */
  signal: AbortSignal;
  /** The result of `choose`. */
  made: MadeInstance | null;
  /** Says it with the result of the instance. */
  tell: (facts: WrittenFacts) => void;
}

/** The work on one instance of a batch. */
export interface BatchTask {
  id: InstanceId;
  /** The identity of an instance to create, which is on disk before the work on it begins. */
  choose?(ctx: AppContext): Promise<MadeInstance>;
  /** Runs while the instance has its turn. */
  act(on: TaskContext): Promise<void>;
  /** Runs after the turn, beside the next instance. */
  settle?(on: Pick<TaskContext, "ctx" | "signal">): Promise<void>;
}

/** A batch may come across the panel's own retry of a start, or anybody's short operation. */
export const PATIENT: StopOptions = {
  waits: { withinMs: WAIT_FOR_ONE_MS },
  workWithinMs: WORK_MAY_TAKE_MS.scheduled,
};
