import type { Viewer } from "@claw/core/access/viewer";
import type { InstanceSpec } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

export interface LivePassage extends Disposable {
  signal: AbortSignal;
}

/** Open passages; each ends with the viewer's access and with the instance. */
export interface LivePassages extends AsyncDisposable {
  /**
   * `admittedTo`: the instance as it was when the viewer was admitted; what they may do there
   * depends on its owner. Throws TOO_MANY_STREAMS.
   */
  begin(viewer: Viewer, admittedTo: InstanceSpec, until: number): LivePassage;
  /** For a caller without a session, who has no access to lose. */
  beginAnonymous(admittedTo: InstanceSpec): LivePassage;
}

interface Passing {
  admittedTo: InstanceSpec;
  /** Its address at that time. */
  url: string;
  controller: AbortController;
}

export function createLivePassages(ctx: Uses<"access" | "addresses" | "live">): LivePassages {
  const { addresses, live } = ctx.runtime;
  const { board, drains } = live;
  const ended = new AbortController();
  const passing = new Map<string, Set<Passing>>();

  function isOver({ admittedTo: { id, uid, ownership }, url }: Passing): boolean {
    const now = board.specOf(id);
    if (!now || board.find(id)?.status === "stopped" || drains.isGoingDown(id)) return true;
    if (now.uid !== uid || now.ownership !== ownership || now.ingress === null) return true;
    return addresses.urlOf(now) !== url;
  }

  function endOver(id: string): void {
    for (const each of passing.get(id) ?? []) if (isOver(each)) each.controller.abort();
  }

  async function follow(): Promise<void> {
    for await (const changed of board.changes(ended.signal))
      for (const id of changed) if (id !== null) endOver(id);
  }
  const following = follow();
  const goingDown = drains.whenDown(endOver);

  function hold(admittedTo: InstanceSpec): LivePassage {
    const { id } = admittedTo;
    const url = addresses.urlOf(admittedTo);
    const own: Passing = { admittedTo, url, controller: new AbortController() };
    const theirs = passing.get(id) ?? new Set();
    passing.set(id, theirs.add(own));
    // Changes since the admission had nothing to end.
    endOver(id);
    return {
      signal: own.controller.signal,
      [Symbol.dispose]() {
        theirs.delete(own);
        if (theirs.size === 0 && passing.get(id) === theirs) passing.delete(id);
      },
    };
  }

  return {
    begin(viewer, admittedTo, until) {
      const stream = ctx.access.streams.open(viewer, [admittedTo.id], until);
      const held = hold(admittedTo);
      return {
        signal: AbortSignal.any([stream.signal, held.signal]),
        [Symbol.dispose]() {
          stream[Symbol.dispose]();
          held[Symbol.dispose]();
        },
      };
    },

    beginAnonymous: hold,

    async [Symbol.asyncDispose]() {
      ended.abort();
      goingDown[Symbol.dispose]();
      for (const theirs of passing.values())
        for (const { controller } of theirs) controller.abort();
      await following;
    },
  };
}
