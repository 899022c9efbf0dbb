import { hasReason } from "@claw/core/errors";
import type { Reserve } from "../../reserve.ts";
import { translated } from "./errors.ts";

/** `translated` for writes, which may spend the reserve when the disk is full. */
export function writing(reserve: Pick<Reserve, "spendOn"> | undefined) {
  const isFull = (error: unknown) => hasReason(error, "DISK_FULL");
  return <T>(write: () => Promise<T>): Promise<T> => {
    const once = () => translated(write);
    return reserve?.spendOn(once, isFull) ?? once();
  };
}
