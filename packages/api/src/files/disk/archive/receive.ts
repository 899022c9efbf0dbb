import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { archiveFilename } from "@claw/core/backup/archive-names";
import type { ArchiveFile, ArchiveOptions } from "../../archives.ts";
import { translated } from "../errors.ts";
import type { Places } from "./places.ts";
import { publish } from "./publish.ts";
import { untilAborted } from "./until-aborted.ts";
import { verifyFile } from "./verify-file.ts";

/** Maximum number of archives of the same second and number of instances. */
const ATTEMPTS = 1_000;

/** Receives an archive; see `Archives.receive`. */
export async function receiveArchive(
  places: Places,
  body: AsyncIterable<Uint8Array>,
  options: ArchiveOptions,
): Promise<ArchiveFile> {
  const partial = places.partial(`claw-upload-${randomBytes(8).toString("hex")}`);
  try {
    await translated(() => store(body, partial, options));
    const { opened: _, ...content } = await verifyFile(partial, options);
    const filename = await translated(() => publishAsNew(places, partial, content));
    return { filename, ...content };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function store(
  body: AsyncIterable<Uint8Array>,
  partial: string,
  { signal, onProgress }: ArchiveOptions,
): Promise<void> {
  await using file = await open(partial, "wx", 0o600);
  let bytes = 0;
  for await (const chunk of untilAborted(body, signal)) {
    await file.writeFile(chunk);
    bytes += chunk.length;
    onProgress?.({ step: "receiving", id: null, bytes, files: 0 });
  }
  await file.sync();
}

async function publishAsNew(
  places: Places,
  partial: string,
  { createdAt, instances }: Pick<ArchiveFile, "createdAt" | "instances">,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const filename = archiveFilename(createdAt, instances.length, attempt);
    try {
      await publish(partial, places.archive(filename));
      return filename;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt >= ATTEMPTS) throw error;
    }
  }
}
