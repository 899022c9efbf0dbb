import { readdir } from "node:fs/promises";
import path from "node:path";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import type { Archives, TransferOptions } from "../../archives.ts";
import { type Owner, readRegularFile, writeFileAtomic } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { lstatOrNull, requireFolder } from "../folders.ts";
import { isLeftover, isRemoving, placesIn } from "../places.ts";
import { spaceOf } from "../space-of.ts";
import { removeFolder, removeRest } from "./remove-folder.ts";
import { createSwap } from "./swap.ts";
import { runTask } from "./worker/run-task.ts";

export interface DiskArchiveOptions {
  home: string;
  /** The containers' user, or null when the panel's own user owns what it creates. */
  owner: Owner | null;
}

/** Leftovers of a crash stay until `sweep`. */
export function openDiskArchives({ home, owner }: DiskArchiveOptions): Archives {
  const places = placesIn(home);

  const stagedConfig = (staged: string) =>
    path.join(places.staged(staged), "data", "openclaw.json");

  /** A folder that a task creates; removed when the task fails. */
  async function making<T>(folder: string, make: () => Promise<T>): Promise<T> {
    await translated(() => removeFolder(folder));
    try {
      return await make();
    } catch (error) {
      await translated(() => removeFolder(folder));
      throw error;
    }
  }

  return {
    copyInstance: (id, copy, options) => {
      const task = { from: places.instance(id), to: places.copy(id, copy) };
      return making(task.to, async () => {
        await translated(() => requireFolder(task.from));
        return runTask("copy", task, options);
      });
    },
    dropCopy: (id, copy) => translated(() => removeFolder(places.copy(id, copy))),

    pack: ({ instances, encryption, ...facts }, draft, { signal, onProgress }) => {
      const task = {
        file: places.draft(draft.id),
        scratch: places.scratch(draft.id),
        instances: instances.map(({ record, copy }) => ({
          record,
          copy: places.copy(record.id, copy),
        })),
        facts,
        encryption,
      };
      return runTask("pack", task, {
        signal,
        onProgress: (done) => onProgress?.({ step: "packing", ...done }),
      });
    },
    inspect: async (filename) => runTask("inspect", { file: places.archive(filename) }),
    verify: async (file, { signal, onProgress, unlock }) => {
      const task = {
        file: typeof file === "string" ? places.archive(file) : places.draft(file.id),
        unlock,
      };
      return runTask("verify", task, {
        signal,
        onProgress: (done) => onProgress?.({ step: "verifying", ...done }),
      });
    },

    stage: ({ filename, from, staged, unlock }, options) => {
      const folder = places.staged(staged);
      const task = { file: places.archive(filename), from, folder, owner, unlock };
      return making(folder, () => runTask("stage", task, options));
    },
    dropStaged: (staged) => translated(() => removeFolder(places.staged(staged))),
    readStagedConfig: (staged) =>
      translated(async () => {
        const bytes = await readRegularFile(stagedConfig(staged), CONFIG_MAX_LENGTH * 4);
        return bytes?.toString("utf8") ?? null;
      }),
    writeStagedConfig: (staged, text) =>
      translated(() => writeFileAtomic(stagedConfig(staged), text, { mode: 0o600, owner })),

    ...createSwap(places),
    snapshotSize: async (kept) => {
      const folder = places.kept(kept);
      if ((await translated(() => lstatOrNull(folder))) === null) return null;
      return (await runTask("measure", { folder, everything: true })).bytes;
    },
    dropSnapshot: (kept) => translated(() => removeFolder(places.kept(kept))),

    sweep: (needed) =>
      translated(async () => {
        for (const name of await readdir(places.instances)) {
          const folder = path.join(places.instances, name);
          if (isLeftover(name, needed)) await removeFolder(folder);
          // The panel's files report what cannot be removed.
          else if (isRemoving(name)) await removeRest(folder);
        }
      }),
    space: () => translated(() => spaceOf(places.instances)),
    measure: async (id, signal) =>
      runTask("measure", { folder: places.instance(id) }, { signal } satisfies TransferOptions),
  };
}
