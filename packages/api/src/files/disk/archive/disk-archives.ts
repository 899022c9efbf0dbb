import type { Archives } from "../../archives.ts";
import type { Owner } from "../atomic-file.ts";

export interface DiskArchiveOptions {
  home: string;
  /** Whom the containers run as, or null when the panel's own user owns what it makes. */
  owner: Owner | null;
}

/** Opens the backup folder of a home. What a crash left stays until `sweep`. */
export async function openDiskArchives(_options: DiskArchiveOptions): Promise<Archives> {
  return {
    copyInstance: () => missing(),
    dropCopy: () => missing(),
    write: () => missing(),
    list: () => missing(),
    inspect: () => missing(),
    verify: () => missing(),
    remove: () => missing(),
    stage: () => missing(),
    dropStaged: () => missing(),
    readStagedConfig: () => missing(),
    writeStagedConfig: () => missing(),
    swapIn: () => missing(),
    swapBack: () => missing(),
    stageKept: () => missing(),
    keptSize: () => missing(),
    dropKept: () => missing(),
    receive: () => missing(),
    // biome-ignore lint/correctness/useYield: not written yet
    async *read() {
      await missing();
    },
    size: () => missing(),
    sweep: () => missing(),
    space: () => missing(),
    measure: () => missing(),
  };
}

async function missing(): Promise<never> {
  throw new Error("not written yet");
}
