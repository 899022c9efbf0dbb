import { BLOCK } from "@claw/core/backup/seal";
import { Header } from "tar/header";
import { Pax } from "tar/pax";

export interface TarMember {
  path: string;
  kind: "file" | "folder";
  size: number;
  mode: number;
  /** Whole seconds since 1970. */
  mtime: number;
}

/**
 * The header of a member as blocks of tar: ustar, with pax records before it for a path or a size
 * that does not fit.
 */
export function tarHeader(member: TarMember): Buffer {
  const folder = member.kind === "folder";
  const path = folder ? `${member.path}/` : member.path;
  const block = Buffer.alloc(BLOCK);
  const header = new Header({
    path,
    mode: member.mode & 0o777,
    uid: 0,
    gid: 0,
    size: member.size,
    mtime: new Date(member.mtime * 1000),
    type: folder ? "Directory" : "File",
  });
  if (!header.encode(block)) return block;
  return Buffer.concat([new Pax({ path, size: member.size }).encode(), block]);
}
