import type { Uses } from "../../context.ts";

/** Updates the conditions on events of board, backups and jobs. */
export function followConditions(
  ctx: Uses<"backups" | "conditions" | "jobs" | "live">,
): AsyncDisposable {
  const { backups, conditions, jobs, live } = ctx.runtime;
  const ended = new AbortController();
  const { signal } = ended;

  async function instances(): Promise<void> {
    for await (const changed of live.board.changes(signal)) {
      conditions.notify();
      // The image is known only while the engine is reachable.
      if (changed.has(null)) conditions.notifyRead();
    }
  }
  async function records(changes: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of changes) conditions.notifyRead();
  }
  // Jobs fetch the image, make scheduled backups, and leave restores undecided.
  const following = [instances(), records(backups.changes(signal)), records(jobs.ends(signal))];

  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await Promise.all(following);
    },
  };
}
