/** A process that runs a worker's task and records its refusal, if any. */
import { DomainError } from "@claw/core/errors";
import { copyFolders } from "../../src/files/disk/storage/copy-folders.ts";
import { measureFolder } from "../../src/files/disk/storage/measure-folder.ts";
import { removeTree } from "../../src/files/disk/storage/remove-tree.ts";

const [task = "", input = ""] = process.argv.slice(2);
const tasks: Record<string, (input: never) => unknown> = {
  copy: (input) => copyFolders(input, () => undefined),
  measure: measureFolder,
  remove: removeTree,
};

function refusal(): { reason: string; message: string } | null {
  try {
    tasks[task]?.(JSON.parse(input) as never);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { reason: error.reason, message: error.message };
  }
}

process.stdout.write(JSON.stringify(refusal()));
