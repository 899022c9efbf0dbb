import pLimit from "p-limit";
import type { Reserve } from "../../reserve.ts";
import { isDiskFull } from "./errors.ts";

/** Changes the database when it is this change's turn. */
export type Write = <T>(change: () => Promise<T>) => Promise<T>;

/**
 * A second write transaction of this process would wait for the first with the event loop
 * blocked, and so for ever: writes take turns here, before they reach the database. One that
 * finds the disk full is done again after `reserve` was given up for it.
 */
export function inTurns(reserve: Pick<Reserve, "spendOn">): Write {
  const turn = pLimit(1);
  return (change) => turn(() => reserve.spendOn(change, isDiskFull));
}
