import pLimit from "p-limit";
import type { Reserve } from "../../reserve.ts";
import { isDiskFull } from "./errors.ts";

/** Changes the database when it is this change's turn. */
export type Write = <T>(change: () => Promise<T>) => Promise<T>;

/**
 * Serializes writes: a second write transaction of this process would wait for the first while
 * blocking the event loop, and so for ever. On a full disk, releases `reserve` and repeats the
 * write.
 */
export function inTurns(reserve: Pick<Reserve, "spendOn">): Write {
  const turn = pLimit(1);
  return (change) => turn(() => reserve.spendOn(change, isDiskFull));
}
