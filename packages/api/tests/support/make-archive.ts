import type { Disk } from "../../src/context.ts";
import type { ArchiveFile, ArchiveOptions, ArchiveRequest } from "../../src/files/archive-codec.ts";
import { writeArchive } from "../../src/services/backup/create/write-archive.ts";

/** Writes an archive of copies under a name of the test's choice. */
export async function makeArchive(
  disk: Pick<Disk, "archives" | "repository">,
  { filename, ...request }: ArchiveRequest & { filename: string },
  options: ArchiveOptions,
): Promise<ArchiveFile> {
  await using draft = await disk.repository.draft();
  const content = await writeArchive(disk, draft, request, options);
  if (!(await disk.repository.put(draft, filename))) throw new Error(`${filename} is taken`);
  return { filename, ...content };
}
