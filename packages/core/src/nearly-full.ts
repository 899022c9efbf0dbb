/** Free memory and disk of the machine, in bytes. */
export interface Room {
  diskTotal: number;
  diskFree: number;
  memoryTotal: number;
  memoryFree: number;
}

const LEAST_FREE_BYTES = 5_000_000_000;
const LEAST_FREE_SHARE = 0.1;

/** Whether the disk is so full that instances may soon fail to write. */
export function isDiskNearlyFull(host: Pick<Room, "diskTotal" | "diskFree">): boolean {
  if (host.diskTotal <= 0) return false;
  return host.diskFree < LEAST_FREE_BYTES || host.diskFree / host.diskTotal < LEAST_FREE_SHARE;
}

const LEAST_FREE_MEMORY_SHARE = 0.1;

/** Whether memory is so short that the machine may soon kill processes. */
export function isMemoryNearlyFull(host: Pick<Room, "memoryTotal" | "memoryFree">): boolean {
  return host.memoryTotal > 0 && host.memoryFree / host.memoryTotal < LEAST_FREE_MEMORY_SHARE;
}
