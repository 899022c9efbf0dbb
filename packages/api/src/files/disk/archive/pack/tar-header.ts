import type { TarMember } from "@claw/core/backup/codec/tar-member";
import { BLOCK } from "@claw/core/backup/seal";
import { Header } from "tar/header";
import { Pax } from "tar/pax";

const TYPES = { file: "File", folder: "Directory", link: "SymbolicLink" } as const;

/**
 * A member's header as tar blocks: ustar, preceded by pax records for a path, target or size that
 * does not fit.
 */
export function tarHeader(member: TarMember): Buffer {
  const path = member.kind === "folder" ? `${member.path}/` : member.path;
  const link = member.target === undefined ? {} : { linkpath: member.target };
  const block = Buffer.alloc(BLOCK);
  const header = new Header({
    path,
    mode: member.mode & 0o777,
    uid: 0,
    gid: 0,
    size: member.size,
    mtime: new Date(member.mtime * 1000),
    type: TYPES[member.kind],
    ...link,
  });
  if (!header.encode(block)) return block;
  return Buffer.concat([new Pax({ path, size: member.size, ...link }).encode(), block]);
}
