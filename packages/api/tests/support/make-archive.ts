import type { AppContext } from "../../src/context.ts";
import type { ArchiveFile, ArchiveOptions, ArchiveRequest } from "../../src/files/archive-codec.ts";
import { writeArchive } from "../../src/services/backup/create/write-archive.ts";

/** Writes an archive of copies under a name of the test's choice. */
export async function makeArchive(
  ctx: Pick<AppContext, "archives" | "repository">,
  { filename, ...request }: ArchiveRequest & { filename: string },
  options: ArchiveOptions,
): Promise<ArchiveFile> {
  await using draft = await ctx.repository.draft();
  const content = await writeArchive(ctx, draft, request, options);
  if (!(await ctx.repository.put(draft, filename))) throw new Error(`${filename} is taken`);
  return { filename, ...content };
}
