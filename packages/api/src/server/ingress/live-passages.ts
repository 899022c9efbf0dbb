import type { Viewer } from "@claw/core/access/viewer";
import type { InstanceStatus } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

/** An instance in one of these has nothing to carry on with. */
const OVER: ReadonlySet<InstanceStatus> = new Set(["stopping", "stopped"]);

export interface LivePassage extends Disposable {
  signal: AbortSignal;
}

/** What is being passed at the moment; it ends with the viewer's access and with the instance. */
export interface LivePassages extends AsyncDisposable {
  /** Throws TOO_MANY_STREAMS. */
  begin(viewer: Viewer, instanceId: string, until: number): LivePassage;
}

export function createLivePassages(ctx: Uses<"access" | "live">): LivePassages {
  const ended = new AbortController();
  const passing = new Map<string, Set<AbortController>>();

  function endOf(id: string): void {
    for (const each of passing.get(id) ?? []) each.abort();
  }

  async function follow(): Promise<void> {
    for await (const changed of ctx.runtime.live.board.changes(ended.signal))
      for (const id of changed) {
        if (id === null) continue;
        const instance = ctx.runtime.live.board.find(id);
        if (instance === null || OVER.has(instance.status)) endOf(id);
      }
  }
  const following = follow();

  return {
    begin(viewer, instanceId, until) {
      const stream = ctx.access.streams.open(viewer, [instanceId], until);
      const own = new AbortController();
      const theirs = passing.get(instanceId) ?? new Set();
      passing.set(instanceId, theirs.add(own));
      return {
        signal: AbortSignal.any([stream.signal, own.signal]),
        [Symbol.dispose]() {
          stream[Symbol.dispose]();
          theirs.delete(own);
          if (theirs.size === 0 && passing.get(instanceId) === theirs) passing.delete(instanceId);
        },
      };
    },

    async [Symbol.asyncDispose]() {
      ended.abort();
      for (const id of passing.keys()) endOf(id);
      await following;
    },
  };
}
