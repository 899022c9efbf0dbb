import { chmodSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

export interface RemoveTask {
  folder: string;
}

/** All at once: Node's asynchronous way keeps about 3 kB for each file until the last is gone. */
export function removeTree({ folder }: RemoveTask): void {
  try {
    rmSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    makeWritable(folder);
    rmSync(folder, { recursive: true });
  }
}

/** Folders that their owner may not write to come out of an instance as they are. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(path.join(folder, entry.name));
}
