import { ROOTS } from "../member-tree.ts";
import type { TarMember } from "./tar-member.ts";

/**
 * The mode of a file or folder in an archive. Windows has no modes: Node invents some, none of
 * which allows entering a folder.
 */
export const packedMode = (mode: number, kind: TarMember["kind"], hasModes: boolean): number =>
  hasModes ? mode & 0o777 : ownersOnly(mode, kind);

/** Determines the modes to restore, from the members in archive order. */
export function modesToRestore(): (member: TarMember) => number {
  let hasModes = true;
  return ({ path, kind, mode }) => {
    // No instance runs on a folder that its owner may not enter: these modes are invented.
    if (ROOTS.includes(path)) hasModes = (mode & 0o100) !== 0;
    return hasModes ? mode : ownersOnly(mode, kind);
  };
}

function ownersOnly(mode: number, kind: TarMember["kind"]): number {
  if (kind === "folder") return 0o700;
  return mode & 0o200 ? 0o600 : 0o400;
}
