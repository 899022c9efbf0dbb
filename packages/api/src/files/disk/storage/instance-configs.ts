import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import type { InstanceConfigs } from "../../instance-storage.ts";
import { readRegularFile, writeFileAtomic } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { lstatOrNull } from "../folders.ts";
import { configIn, type Places } from "../places.ts";
import { writing } from "../writing.ts";
import { configChanges } from "./config-changes.ts";
import { requireOwnFolders } from "./instance-folders.ts";
import type { DiskStorageOptions } from "./storage-options.ts";

/** UTF-8 needs at most three bytes per UTF-16 unit; the rest leaves room for a byte order mark. */
export const CONFIG_MAX_BYTES = CONFIG_MAX_LENGTH * 4;

export function instanceConfigs(
  places: Places,
  { owner, reserve }: Pick<DiskStorageOptions, "owner" | "reserve">,
): InstanceConfigs {
  const written = writing(reserve);
  const configFile = (id: string) => configIn(places.instance(id));

  return {
    hasConfig: (id) => translated(async () => (await lstatOrNull(configFile(id))) !== null),

    readConfig: (id) =>
      translated(async () => {
        await requireOwnFolders(places, id);
        const bytes = await readRegularFile(configFile(id), CONFIG_MAX_BYTES);
        return bytes === null ? null : decodeUtf8(bytes);
      }),

    writeConfig: (id, text) =>
      written(async () => {
        await requireOwnFolders(places, id);
        await writeFileAtomic(configFile(id), text, { mode: 0o600, owner });
      }),

    async *configChanges(id, signal) {
      await translated(() => requireOwnFolders(places, id));
      yield* configChanges(path.dirname(configFile(id)), signal);
    },
  };
}

/** Keeps a byte order mark, so that saving an unchanged text keeps its bytes. */
function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new DomainError(
      "CONFIG_INVALID",
      "openclaw.json is not UTF-8 text. Save it as UTF-8 in an editor on the host, or restore a backup.",
      { cause: error },
    );
  }
}
