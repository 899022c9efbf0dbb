import type { ArchiveCodec } from "../../archive-codec.ts";
import type { Draft } from "../../backup-repository.ts";
import type { Owner } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { lstatOrNull } from "../folders.ts";
import { placesIn } from "../places.ts";
import { making } from "../storage/remove-folder.ts";
import { runTask } from "../worker/run-task.ts";

export interface DiskCodecOptions {
  home: string;
  /** The containers' user, or null when the panel's own user owns what it creates. */
  owner: Owner | null;
}

/** Works in worker threads on the folder repository and the disk storage of the same home. */
export function createDiskCodec({ home, owner }: DiskCodecOptions): ArchiveCodec {
  const places = placesIn(home);
  const fileOf = (file: string | Draft) =>
    typeof file === "string" ? places.archive(file) : places.draft(file.id);

  return {
    pack: async ({ instances, encryption, ...facts }, draft, { signal, onProgress }) => {
      const task = {
        file: fileOf(draft),
        scratch: places.scratch(draft.id),
        instances: instances.map(({ record, copy }) => ({
          record,
          copy: places.copy(record.id, copy),
        })),
        facts,
        encryption,
      };
      for (const { copy } of task.instances) await translated(() => requireThere(copy));
      return runTask("pack", task, {
        signal,
        onProgress: (done) => onProgress?.({ step: "packing", ...done }),
      });
    },

    inspect: async (filename) => runTask("inspect", { file: fileOf(filename) }),

    verify: async (file, { signal, onProgress, unlock }) =>
      runTask(
        "verify",
        { file: fileOf(file), unlock },
        { signal, onProgress: (done) => onProgress?.({ step: "verifying", ...done }) },
      ),

    unpack: async ({ filename, from, staged, unlock }, options) => {
      const folder = places.staged(staged);
      const task = { file: fileOf(filename), from, folder, owner, unlock };
      return making(folder, () => runTask("unpack", task, options));
    },
  };
}

/** A copy that is gone must not become an empty backup. */
async function requireThere(copy: string): Promise<void> {
  if ((await lstatOrNull(copy)) !== null) return;
  throw Object.assign(new Error(`${copy} is not there`), { code: "ENOENT" });
}
