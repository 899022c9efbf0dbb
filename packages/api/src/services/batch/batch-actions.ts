import type { MadeInstance } from "@claw/core/batch";
import type { BatchOrder, Relabelling } from "@claw/core/batch-request";
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
import { requireUp } from "../instance/until-settled.ts";
import { migrateInstance } from "../opening/migrate-instance.ts";
import { configure, restoreFormer } from "../rollout/rollout-tasks.ts";
import { isInItsTurn } from "../runtime/live-instances.ts";
import { type BatchTask, PATIENT, type TaskContext } from "./batch-task.ts";

/** Actions limited by `live.stops` rather than by the start queue. */
export const TAKES_DOWN: ReadonlySet<BatchOrder["action"]> = new Set(["stop", "remove"] as const);

/** Earlier batches that a batch is about. */
export interface EarlierBatches {
  /** The job that it undoes. */
  undoes?: string | undefined;
  /** The instances that the batch which it retries has created. */
  made?: ReadonlyMap<InstanceId, MadeInstance> | undefined;
}

/** The use cases of a single instance, with their locks and start queue. */
export function tasksOf(
  request: BatchOrder,
  { undoes, made = new Map() }: EarlierBatches = {},
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
    case "configure":
      return request.ids.map(configure);
    case "restoreConfig":
      return request.ids.map((id) => restoreFormer(id, undoes));
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
