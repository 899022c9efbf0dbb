import { archiveFilename } from "@claw/core/backup/archive-names";
import { DomainError } from "@claw/core/errors";
import type { Disk } from "../../../context.ts";
import type { ArchiveFile, VerifiedContent } from "../../../files/archive-codec.ts";
import type { Draft } from "../../../files/backup-repository.ts";

/** Maximum number of archives of the same second and number of instances. */
const ATTEMPTS = 1_000;

/** Gives a verified archive the first free name of its time and number of instances. */
export async function putArchive(
  disk: Pick<Disk, "repository">,
  draft: Draft,
  content: VerifiedContent,
): Promise<ArchiveFile> {
  const { createdAt, instances } = content;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const filename = archiveFilename(createdAt, instances.length, attempt);
    if (await disk.repository.put(draft, filename)) return { filename, ...content };
  }
  throw new DomainError(
    "FILES_DENIED",
    `The backup folder has ${ATTEMPTS} backups of ${createdAt} already. Move some of them away and try again.`,
  );
}
