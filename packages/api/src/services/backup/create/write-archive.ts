import type { Disk } from "../../../context.ts";
import type {
  ArchiveOptions,
  ArchiveRequest,
  VerifiedContent,
} from "../../../files/archive-codec.ts";
import type { Draft } from "../../../files/backup-repository.ts";

/** Packs copies into a draft, reads it back, and verifies every byte. */
export async function writeArchive(
  disk: Pick<Disk, "archives">,
  draft: Draft,
  request: ArchiveRequest,
  options: ArchiveOptions,
): Promise<VerifiedContent> {
  const unlock = await disk.archives.pack(request, draft, options);
  const { opened: _, ...content } = await disk.archives.verify(draft, {
    ...options,
    ...(unlock && { unlock }),
  });
  return content;
}
