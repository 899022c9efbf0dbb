import type { ArchiveContent } from "../../../archive-codec.ts";
import { contentOf, openArchive } from "./open-archive.ts";

export interface InspectTask {
  file: string;
}

export function inspectArchive({ file }: InspectTask): ArchiveContent {
  using archive = openArchive(file);
  return contentOf(archive);
}
