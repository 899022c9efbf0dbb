import type { InstanceCopies } from "../../instance-storage.ts";
import { translated } from "../errors.ts";
import { requireFolder } from "../folders.ts";
import type { Places } from "../places.ts";
import { runTask } from "../worker/run-task.ts";
import { making, removeFolder } from "./remove-folder.ts";

export function instanceCopies(places: Places): InstanceCopies {
  return {
    measure: async (id, signal) => runTask("measure", { folder: places.instance(id) }, { signal }),

    copyOut: (id, copy, options) => {
      const task = { from: places.instance(id), to: places.copy(id, copy) };
      return making(task.to, async () => {
        await translated(() => requireFolder(task.from));
        return runTask("copy", task, options);
      });
    },

    dropCopy: (id, copy) => translated(() => removeFolder(places.copy(id, copy))),
  };
}
