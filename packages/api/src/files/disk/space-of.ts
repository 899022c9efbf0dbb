import { stat, statfs } from "node:fs/promises";
import type { DiskSpace } from "../disk-space.ts";

/** Free bytes of the disk that holds `folder`. */
export async function spaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, bsize } = await statfs(folder);
  const { dev } = await stat(folder);
  return { free: bavail * bsize, device: String(dev) };
}
