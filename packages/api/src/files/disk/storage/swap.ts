import { open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceStorage } from "../../instance-storage.ts";
import { syncFolder } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { lstatOrNull, requireFolder } from "../folders.ts";
import type { Places } from "../places.ts";
import { removeFolder } from "./remove-folder.ts";

/**
 * A marker file in the staged folder, beside `data` and `logs`: the instance's folder is the
 * swapped-in one exactly when it has this file.
 */
const MARK = ".swapped-in-";

const there = async (folder: string) => (await lstatOrNull(folder)) !== null;

/** Each step is a rename, and each state between two steps determines the next one. */
export function createSwap(
  places: Places,
): Pick<InstanceStorage, "swapIn" | "swapBack" | "stageSnapshot"> {
  const markIn = (folder: string, staged: string) => path.join(folder, MARK + staged);

  async function move(from: string, to: string): Promise<void> {
    await rename(from, to);
    await syncFolder(places.instances);
  }

  return {
    swapIn: (id, staged, kept) =>
      translated(async () => {
        const [live, next, old] = [places.instance(id), places.staged(staged), places.kept(kept)];
        await requireFolder(live);
        if (!(await there(next))) return requireMark(markIn(live, staged), id);
        await mark(next, staged);
        if (await there(live)) {
          if (await there(old)) throw inTheWay(old);
          await move(live, old);
        }
        await move(next, live);
      }),

    swapBack: (id, staged, kept, options = {}) =>
      translated(async () => {
        const [live, next, old] = [places.instance(id), places.staged(staged), places.kept(kept)];
        if (await there(markIn(live, staged))) await move(live, next);
        if ((await there(old)) && !(await there(live))) await move(old, live);
        if (options.stagedTo === undefined) await removeFolder(next);
        else if (await there(next)) await move(next, places.kept(options.stagedTo));
      }),

    stageSnapshot: (kept, staged) =>
      translated(async () => {
        const [from, to] = [places.kept(kept), places.staged(staged)];
        if ((await there(from)) || !(await there(to))) await move(from, to);
      }),
  };

  async function mark(folder: string, staged: string): Promise<void> {
    for (const name of await readdir(folder))
      if (name.startsWith(MARK) && name !== MARK + staged) await rm(path.join(folder, name));
    await using file = await open(markIn(folder, staged), "a", 0o600);
    await file.sync();
    await syncFolder(folder);
  }
}

async function requireMark(mark: string, id: InstanceId): Promise<void> {
  if (!(await there(mark))) throw new Error(`nothing is staged for ${id}`);
}

const inTheWay = (folder: string) =>
  Object.assign(new Error(`${folder} is there already`), { code: "EEXIST" });
