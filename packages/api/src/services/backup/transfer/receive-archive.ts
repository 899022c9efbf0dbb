import type { Disk } from "../../../context.ts";
import type { ArchiveFile } from "../../../files/archive-codec.ts";
import { putArchive } from "../catalogue/put-archive.ts";
import { untilAborted } from "./until-aborted.ts";

interface ReceiveOptions {
  signal: AbortSignal;
  /** Called with the bytes read so far of all that came. */
  onVerifying?: (done: { bytes: number; totalBytes: number }) => void;
}

/**
 * Receives a file, and verifies it before it gets its name, which the panel chooses. Rejects a file
 * that is no archive of ours.
 */
export async function receiveArchive(
  disk: Pick<Disk, "archives" | "repository">,
  body: AsyncIterable<Uint8Array>,
  { signal, onVerifying }: ReceiveOptions,
): Promise<ArchiveFile> {
  let totalBytes = 0;
  async function* counted() {
    for await (const chunk of untilAborted(body, signal)) {
      totalBytes += chunk.length;
      yield chunk;
    }
  }
  await using draft = await disk.repository.draft();
  await draft.write(counted());
  const { opened: _, ...content } = await disk.archives.verify(draft, {
    signal,
    onProgress: ({ read }) => read !== undefined && onVerifying?.({ bytes: read, totalBytes }),
  });
  return await putArchive(disk, draft, content);
}
