import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { Unlock } from "@claw/core/backup/backup";
import { checkContent, type UnpackTarget } from "@claw/core/backup/codec/instance-content";
import { readTar } from "@claw/core/backup/codec/tar-reader";
import type { ManifestInstance } from "@claw/core/backup/manifest";
import { NODE_PLATFORM } from "../node-platform.ts";
import { decompressed } from "./decompress.ts";
import { decrypted } from "./decrypt.ts";

export interface MemberSource {
  promised: ManifestInstance;
  /** The member's bytes as stored. */
  chunks: AsyncIterable<Uint8Array>;
  encrypted: boolean;
  unlock?: Unlock | undefined;
}

/**
 * Reads an instance's member completely, compares it with manifest and list, and passes its content
 * to `target`. Never takes more than the manifest promises.
 */
export async function readMember(
  { promised, chunks, encrypted, unlock }: MemberSource,
  target: UnpackTarget | null,
  report: (done: { bytes: number; files: number }) => void,
): Promise<void> {
  const content = checkContent(promised, target, NODE_PLATFORM);
  const tar = readTar(content.onMember, NODE_PLATFORM);
  let size = 0;
  for await (const piece of decompressed(encrypted ? decrypted(chunks, unlock) : chunks)) {
    size += piece.length;
    if (size > promised.tarSize) throw archiveInvalid("it holds more than its manifest promises");
    tar.write(piece);
    report(content.done);
  }
  tar.end();
  content.end();
  if (size !== promised.tarSize) throw archiveInvalid("it holds less than its manifest promises");
}
