import type { StagedFolders } from "../../instance-storage.ts";
import { readRegularFile, writeFileAtomic } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { configIn, type Places } from "../places.ts";
import { CONFIG_MAX_BYTES } from "./instance-configs.ts";
import { removeFolder } from "./remove-folder.ts";
import type { DiskStorageOptions } from "./storage-options.ts";

export function stagedFolders(
  places: Places,
  { owner }: Pick<DiskStorageOptions, "owner">,
): Omit<StagedFolders, "swapIn" | "swapBack"> {
  const stagedConfig = (staged: string) => configIn(places.staged(staged));

  return {
    readStagedConfig: (staged) =>
      translated(async () => {
        const bytes = await readRegularFile(stagedConfig(staged), CONFIG_MAX_BYTES);
        return bytes?.toString("utf8") ?? null;
      }),
    writeStagedConfig: (staged, text) =>
      translated(() => writeFileAtomic(stagedConfig(staged), text, { mode: 0o600, owner })),
    stagedHandle: async (staged) => places.handleOf(places.staged(staged)),
    dropStaged: (staged) => translated(() => removeFolder(places.staged(staged))),
  };
}
