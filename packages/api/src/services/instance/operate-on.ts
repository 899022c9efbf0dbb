import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { inItsTurn } from "../runtime/in-its-turn.ts";
import type { Become, Operation } from "../runtime/instance-locks.ts";
import { isStaying } from "./find-instance.ts";

export interface OperateOptions {
  /** Waits for the conflicting operation instead of refusing at once. */
  waits?: { withinMs?: number };
  /** Gives up before its turn, with the reason of the signal. */
  signal?: AbortSignal | undefined;
}

type Action<T, S = InstanceSpec> = (spec: S, become: Become) => Promise<T>;

/** Operations that change the container's state. */
const CHANGING: ReadonlySet<Operation> = new Set<Operation>([
  "creating",
  "starting",
  "restarting",
  "stopping",
]);
/** Operations allowed after the removal of the instance has begun. */
const ALLOWED_BESIDE_REMOVAL: ReadonlySet<Operation> = new Set(["stopping", "removing"]);

/**
 * The only way to operate on an instance: takes its lock, checks inside the lock that nothing
 * forbids the operation, runs `action`, and refreshes the state of the container. Throws
 * INSTANCE_NOT_FOUND; BUSY during another operation, an unfinished replacement or a removal; and
 * what `action` throws.
 */
export function operateOn<T>(
  ctx: AppContext,
  id: InstanceId,
  operation: Operation,
  action: Action<T>,
  options?: OperateOptions,
): Promise<T> {
  const existing: Action<T, InstanceSpec | null> = (spec, become) => {
    if (spec === null) throw instanceNotFound(id);
    return action(spec, become);
  };
  return operateOnId(ctx, id, operation, existing, options);
}

/** Like `operateOn`, for an id that may have no instance yet; `spec` is null then. */
export function operateOnId<T>(
  ctx: AppContext,
  id: InstanceId,
  operation: Operation,
  action: Action<T, InstanceSpec | null>,
  options?: OperateOptions,
): Promise<T> {
  return locked(ctx, id, operation, options, async (become) => {
    const spec = await ctx.store.findInstance(id);
    const forbidden = await whatForbids(ctx, id, operation, spec);
    if (forbidden) throw forbidden;
    return refreshedAfter(ctx, id, operation, () => action(spec, become));
  });
}

/**
 * Like `operateOn` with `waits`, for unrequested background work: ends silently if something
 * forbids it or the instance is deleted meanwhile.
 */
export function operateIfAllowed(
  ctx: AppContext,
  id: InstanceId,
  operation: Operation,
  action: Action<void>,
): Promise<void> {
  return locked(ctx, id, operation, { waits: {} }, async (become) => {
    const spec = await ctx.store.findInstance(id);
    if (spec === null || (await whatForbids(ctx, id, operation, spec))) return;
    await refreshedAfter(ctx, id, operation, () => action(spec, become));
  });
}

function locked<T>(
  {
    runtime: {
      live: { locks },
    },
  }: AppContext,
  id: InstanceId,
  operation: Operation,
  { waits, signal }: OperateOptions = {},
  work: (become: Become) => Promise<T>,
): Promise<T> {
  const take = (action: (become: Become) => Promise<T>) =>
    waits
      ? locks.afterOthers(id, operation, action, waits)
      : locks.exclusive(id, operation, action);
  if (!signal) return take(work);
  let become: Become = () => {};
  const wait = (action: () => Promise<T>) =>
    take((own) => {
      become = own;
      return action();
    });
  return inItsTurn(signal, wait, () => work(become));
}

async function whatForbids(
  ctx: AppContext,
  id: InstanceId,
  operation: Operation,
  spec: InstanceSpec | null,
): Promise<DomainError | null> {
  const replacement = await ctx.store.findReplacement(id);
  if (replacement !== null)
    return new DomainError(
      "BUSY",
      `${replacement.data ? "A restore" : "A change"} of ${id} is under way, or was cut short and is undone as soon as Docker answers. Try again in a moment; if it stays so, start the panel again.`,
    );
  if (spec === null || isStaying(spec) || ALLOWED_BESIDE_REMOVAL.has(operation)) return null;
  return new DomainError(
    "BUSY",
    `The instance ${id} is being deleted. Delete it again if that does not come to its end.`,
  );
}

/** Also refreshes after a failure, which is then rethrown. */
async function refreshedAfter<T>(
  ctx: AppContext,
  id: InstanceId,
  operation: Operation,
  action: () => Promise<T>,
): Promise<T> {
  if (!CHANGING.has(operation)) return action();
  const [done] = await Promise.allSettled([action()]);
  const [seen] = await Promise.allSettled([ctx.runtime.live.observer.refresh(id)]);
  if (done.status === "rejected") throw done.reason;
  // An unreachable engine is reported elsewhere: everything is `unknown` then.
  if (seen.status === "rejected" && !hasReason(seen.reason, "ENGINE_UNREACHABLE"))
    throw seen.reason;
  return done.value;
}
