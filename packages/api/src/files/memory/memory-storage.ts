import { mkdir, readdir, readFile, rename, rm, stat, watch, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import type {
  InstanceConfigs,
  InstanceCopies,
  InstanceFolders,
  InstanceStorage,
  Snapshots,
  StagedFolders,
} from "../instance-storage.ts";
import { readFolder, writeFolder } from "./folder-content.ts";
import {
  configOf,
  exists,
  kindOf,
  type MemoryPlaces,
  memoryPlaces,
  requireFolder,
  throwIfAborted,
} from "./memory-places.ts";

const drop = (folder: string) => rm(folder, { recursive: true, force: true });

/**
 * Folders in the home, where the memory engine finds them, and copies that pass through memory in
 * this thread: no worker, no flush. It withstands no power failure and no change by an instance
 * while it works.
 */
export function createMemoryStorage(home: string): InstanceStorage {
  const places = memoryPlaces(home);
  return {
    ...folders(places),
    ...configs(places),
    ...copies(places),
    ...staged(places),
    ...snapshots(places),
    async sweep(needed) {
      const spared = new Set([
        ...needed.staged.map((name) => `.staged-${name}`),
        ...needed.kept.map((name) => `.kept-${name}`),
      ]);
      for (const name of await namesIn(places.instances))
        if (/^\.(copy|staged|kept)-/.test(name) && !spared.has(name))
          await drop(path.join(places.instances, name));
    },
    space: async () => ({ free: 10 ** 12, device: "memory" }),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await kindOf(folder)) === "folder" ? await readdir(folder) : [];
}

function folders({ instances, live }: MemoryPlaces): InstanceFolders {
  const data = (id: string) => path.join(live(id), "data");
  return {
    hasInstance: async (id) => await exists(live(id)),
    async createInstance(id) {
      for (const folder of [live(id), data(id), path.join(live(id), "logs")]) {
        await requireFolder(folder);
        await mkdir(folder, { recursive: true, mode: 0o700 });
      }
    },
    removeInstance: async (id) => await drop(live(id)),
    async listInstances() {
      const ids = [];
      for (const name of await namesIn(instances))
        if (InstanceId.safeParse(name).success && (await kindOf(live(name))) === "folder")
          ids.push(name);
      return ids.sort();
    },
    // All files are the panel's own.
    ownFolders: async () => {},
    async dataFolder(id) {
      if (!(await exists(data(id)))) return null;
      const { ino, birthtimeNs } = await stat(data(id), { bigint: true });
      return `${ino}:${birthtimeNs}`;
    },
    async withMark(id, look) {
      if (!(await exists(data(id)))) return "no folder";
      const name = `.claw-mark-${crypto.randomUUID()}`;
      await writeFile(path.join(data(id), name), "", { flag: "wx" });
      try {
        return await look(name);
      } finally {
        await drop(path.join(data(id), name));
      }
    },
  };
}

function configs({ live }: MemoryPlaces): InstanceConfigs {
  async function requireOwn(id: string): Promise<void> {
    for (const folder of [live(id), path.join(live(id), "data")]) await requireFolder(folder);
  }
  return {
    hasConfig: async (id) => await exists(configOf(live(id))),
    async readConfig(id) {
      await requireOwn(id);
      return await readConfig(configOf(live(id)));
    },
    async writeConfig(id, text) {
      await requireOwn(id);
      await writeConfig(configOf(live(id)), text);
    },
    async *configChanges(id, signal) {
      await requireOwn(id);
      try {
        for await (const { filename } of watch(path.join(live(id), "data"), { signal }))
          if (filename === null || filename.startsWith("openclaw.json")) yield;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

async function readConfig(file: string): Promise<string | null> {
  const kind = await kindOf(file);
  if (kind === "nothing") return null;
  if (kind !== "file") throw new DomainError("FILES_DENIED", `${file} is not a file.`);
  const bytes = await readFile(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new DomainError("CONFIG_INVALID", `${file} is not UTF-8 text.`, { cause: error });
  }
}

/** By renaming, so that a reader sees the old text or the new one. */
async function writeConfig(file: string, text: string): Promise<void> {
  const beside = path.join(path.dirname(file), `.openclaw.json.${crypto.randomUUID()}.tmp`);
  await writeFile(beside, text, { mode: 0o600 });
  try {
    await rename(beside, file);
  } catch (error) {
    await drop(beside);
    throw new DomainError("FILES_DENIED", `${file} cannot be replaced.`, { cause: error });
  }
}

function copies({ live, copy: place }: MemoryPlaces): InstanceCopies {
  return {
    async measure(id, signal) {
      throwIfAborted(signal);
      const { bytes, files } = await readFolder(live(id));
      return { bytes, allocated: bytes, files: files.length };
    },
    async copyOut(id, copy, { signal, onProgress }) {
      const target = place(id, copy);
      await drop(target);
      throwIfAborted(signal);
      await requireFolder(live(id));
      const content = await readFolder(live(id));
      await writeFolder(target, content);
      if (signal.aborted) await drop(target);
      throwIfAborted(signal);
      const { bytes, leftOut } = content;
      const [files, folders] = [content.files.length, content.folders.length];
      onProgress?.({ bytes, files });
      return { bytes, files, folders, links: 0, leftOut, changed: 0 };
    },
    dropCopy: async (id, copy) => await drop(place(id, copy)),
  };
}

/** Says that a staged folder was swapped in. */
const markIn = (folder: string, staged: string) => path.join(folder, `.swapped-in-${staged}`);

function staged({ live, staged: place, kept: keptAt }: MemoryPlaces): StagedFolders {
  return {
    readStagedConfig: async (staged) => await readConfig(configOf(place(staged))),
    writeStagedConfig: async (staged, text) => await writeConfig(configOf(place(staged)), text),
    stagedHandle: async (staged) => `instances/${path.basename(place(staged))}`,
    dropStaged: async (staged) => await drop(place(staged)),

    async swapIn(id, staged, kept) {
      const [now, next, old] = [live(id), place(staged), keptAt(kept)];
      await requireFolder(now);
      if (!(await exists(next))) {
        if (await exists(markIn(now, staged))) return;
        throw new Error(`nothing is staged for ${id}`);
      }
      await writeFile(markIn(next, staged), "");
      if (await exists(now)) {
        if (await exists(old)) throw new DomainError("FILES_DENIED", `${old} is there already.`);
        await rename(now, old);
      }
      await rename(next, now);
    },
    async swapBack(id, staged, kept, options) {
      const [now, next, old] = [live(id), place(staged), keptAt(kept)];
      if (await exists(markIn(now, staged))) await rename(now, next);
      if ((await exists(old)) && !(await exists(now))) await rename(old, now);
      if (options?.stagedTo === undefined) await drop(next);
      else if (await exists(next)) await rename(next, keptAt(options.stagedTo));
    },
  };
}

function snapshots({ staged: place, kept: keptAt }: MemoryPlaces): Snapshots {
  return {
    async stageSnapshot(kept, staged) {
      const [from, to] = [keptAt(kept), place(staged)];
      if ((await exists(from)) || !(await exists(to))) await rename(from, to);
    },
    async snapshotSize(kept) {
      if (!(await exists(keptAt(kept)))) return null;
      return (await readFolder(keptAt(kept), { everything: true })).bytes;
    },
    dropSnapshot: async (kept) => await drop(keptAt(kept)),
  };
}
