import type { Viewer } from "@claw/core/access/viewer";
import type { MadeInstance } from "@claw/core/batch";
import type { BatchRequest, Relabelling } from "@claw/core/batch-request";
import type { InstanceId, NewInstance } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { chosenOwner } from "../access/chosen-owner.ts";
import { newUid } from "../instance/allocate-instance.ts";
import { continueCreation } from "../instance/continue-creation.ts";
import { createInstance } from "../instance/create-instance.ts";
import { relabelInstance } from "../instance/relabel-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { startInstance } from "../instance/start-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import type { StopOptions } from "../instance/take-down.ts";
import { requireUp } from "../instance/until-settled.ts";
import { migrateInstance } from "../opening/migrate-instance.ts";
import { WORK_MAY_TAKE_MS } from "../runtime/drains.ts";
import { WAIT_FOR_ONE_MS } from "../runtime/instance-locks.ts";
import { isInItsTurn } from "../runtime/live-instances.ts";

/** Context of the work on one instance of a batch. */
export interface TaskContext {
  ctx: AppContext;
  /** Who began the batch, as of now. */
  viewer: Viewer;
  /** Aborts when the batch is cancelled. */
  signal: AbortSignal;
  /** The result of `choose`. */
  made: MadeInstance | null;
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
const PATIENT: StopOptions = {
  waits: { withinMs: WAIT_FOR_ONE_MS },
  workWithinMs: WORK_MAY_TAKE_MS.scheduled,
};

/** Actions limited by `live.stops` rather than by the start queue. */
export const TAKES_DOWN: ReadonlySet<BatchRequest["action"]> = new Set(["stop", "remove"] as const);

/**
 * The use cases of a single instance, with their locks and start queue. `made`: the instances that a
 * batch created which this one retries.
 */
export function tasksOf(
  request: BatchRequest,
  made: ReadonlyMap<InstanceId, MadeInstance> = new Map(),
): BatchTask[] {
  switch (request.action) {
    case "start":
      return request.ids.map((id) => bringUp(id, startInstance));
    case "restart":
      return request.ids.map((id) => bringUp(id, restartInstance));
    case "migrate":
      return request.ids.map((id) => ({
        id,
        act: ({ ctx, signal }) => migrateInstance(ctx, id, signal, PATIENT),
      }));
    case "stop":
      return request.ids.map((id) => ({
        id,
        act: async ({ ctx, signal }) => void (await stopInstance(ctx, id, { ...PATIENT, signal })),
      }));
    case "remove": {
      const { deleteData = false, keepDataOf = [] } = request.options ?? {};
      const options = (id: InstanceId) => ({
        id,
        deleteData: deleteData && !keepDataOf.includes(id),
      });
      return request.ids.map((id) => ({
        id,
        act: async ({ ctx, signal }) =>
          void (await removeInstance(ctx, options(id), { ...PATIENT, signal })),
      }));
    }
    case "create":
      return request.instances.map((instance) => create(instance, made.get(instance.id)));
    case "label":
      return request.instances.map(relabel);
  }
}

/** A start succeeds only when the instance is up. */
function bringUp(id: InstanceId, begin: typeof restartInstance): BatchTask {
  return {
    id,
    async act(on) {
      await begin(on.ctx, id, { ...PATIENT, signal: on.signal });
      await keepTurn(on, id);
    },
    settle: ({ ctx, signal }) => requireUp(ctx, id, signal),
  };
}

/** Keeps the turn as long as the start queue keeps the place: a cancelled batch leaves nothing queued. */
async function keepTurn({ ctx, signal }: TaskContext, id: InstanceId): Promise<void> {
  await ctx.runtime.live.board.until(id, (instance) => !isInItsTurn(instance), signal);
}

/** `earlier`: what the batch that is retried has created, which need not be there any more. */
function create(instance: NewInstance, earlier?: MadeInstance): BatchTask {
  const { id, start } = instance;
  const isThere = ({ runtime: { live } }: AppContext, made: MadeInstance | null | undefined) =>
    made != null && live.board.identityOf(id)?.uid === made.uid;
  const task: BatchTask = {
    id,
    async choose(ctx) {
      if (earlier && isThere(ctx, earlier)) return earlier;
      const hadData = await ctx.disk.storage.hasInstance(id);
      return { uid: newUid(ctx.host), ...(hadData && { hadData }) };
    },
    async act(on) {
      const { ctx, viewer, signal, made } = on;
      if (isThere(ctx, made)) await continueCreation(ctx, instance, { ...PATIENT, signal });
      else {
        const owner = await chosenOwner(ctx, viewer, instance);
        await createInstance(ctx, { ...instance, owner, uid: made?.uid });
      }
      if (start) await keepTurn(on, id);
    },
  };
  return start ? { ...task, settle: ({ ctx, signal }) => requireUp(ctx, id, signal) } : task;
}

function relabel(wish: Relabelling): BatchTask {
  return { id: wish.id, act: ({ ctx }) => relabelInstance(ctx, wish) };
}
