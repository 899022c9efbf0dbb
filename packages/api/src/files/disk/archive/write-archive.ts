import { rm } from "node:fs/promises";
import type { ArchiveFile, ArchiveOptions, ArchiveRequest } from "../../archives.ts";
import { translated } from "../errors.ts";
import type { Places } from "./places.ts";
import { publish, requireFree } from "./publish.ts";
import { verifyFile } from "./verify-file.ts";
import { runTask } from "./worker/run-task.ts";

/** Packs, reads back, and only then publishes under the name; see `Archives.write`. */
export async function writeArchive(
  places: Places,
  request: ArchiveRequest,
  options: ArchiveOptions,
): Promise<ArchiveFile> {
  const { filename, encryption, instances, createdAt, createdBy, note, panelVersion } = request;
  const file = places.archive(filename);
  const partial = places.partial(filename);
  const removeParts = async () => {
    for (const part of [partial, places.partial(`${filename}.files`)])
      await rm(part, { force: true });
  };
  await translated(async () => {
    await requireFree(file);
    await removeParts();
  });
  const task = {
    file: partial,
    instances: instances.map(({ record, copy }) => ({
      record,
      copy: places.copy(record.id, copy),
    })),
    facts: { createdAt, createdBy, note, panelVersion },
    scratch: places.partial(`${filename}.files`),
    encryption,
  };
  try {
    const unlock = await runTask("pack", task, {
      signal: options.signal,
      onProgress: (done) => options.onProgress?.({ step: "packing", ...done }),
    });
    const { opened: _, ...content } = await verifyFile(partial, {
      ...options,
      unlock: unlock ?? undefined,
    });
    await translated(() => publish(partial, file));
    return { filename, ...content };
  } catch (error) {
    await removeParts();
    throw error;
  }
}
