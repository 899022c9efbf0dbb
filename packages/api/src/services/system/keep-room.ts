import { messageOf } from "@claw/core/errors";
import type { Uses } from "../../context.ts";

const EVERY_MS = 10_000;

/** Checks regularly for room to write what a full disk has blocked. */
export function keepRoom(ctx: Uses<"host" | "log" | "store">): AsyncDisposable {
  const ending = new AbortController();
  const { signal } = ending;

  async function look(wasShort: boolean): Promise<boolean> {
    await ctx.store.catchUp();
    const { isShort, owed } = await ctx.store.room();
    if (isShort && !wasShort)
      ctx.log.warn(
        `the disk that holds CLAW_HOME is nearly full; the panel's reserve is used up, and ${owed} changes wait in memory`,
      );
    if (!isShort && wasShort) ctx.log.info("there is room on the disk of CLAW_HOME again");
    return isShort;
  }

  async function work(): Promise<void> {
    let isShort = false;
    while (!signal.aborted) {
      await ctx.host.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
      isShort = await look(isShort).catch((error: unknown) => {
        ctx.log.warn(`looking for room on the disk: ${messageOf(error)}`);
        return isShort;
      });
    }
  }
  const working = work();

  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await working;
    },
  };
}
