import { archiveInvalid } from "./archive-invalid.ts";
import {
  checkMemberPath,
  compareNames,
  foldName,
  isLongPath,
  isPortableName,
  shownPath,
} from "./member-name.ts";

/**
 * `portable`: every system can store all names. Otherwise only a system that distinguishes `a` from
 * `A` and allows `aux` and `a:b`: instances on Linux may hold such files and get them back there.
 */
export type NameRule = "portable" | "posix";

export interface MemberTree {
  /**
   * Throws ARCHIVE_INVALID unless the member may come next: its name is allowed, its folder came
   * before it, and it sorts after its siblings, so no member comes twice.
   */
  add(path: string, kind: "file" | "folder" | "link"): void;
  /** The first path so far that only a POSIX file system can store, or null. */
  readonly unportable: string | null;
  /** The lowest format version that can hold the members so far. */
  readonly version: 1 | 2;
}

/** An instance's top folders in an archive, in order. */
export const ROOTS: readonly string[] = ["data", "logs"];

interface OpenFolder {
  path: string;
  last: string | null;
  folded: Set<string>;
}

/**
 * Checks an instance's members in order: each folder before its content, and siblings in the order
 * of `compareNames`. Holds only the folders above the current member and, with `portable`, the
 * names in them.
 */
export function followMembers(rule: NameRule | "either"): MemberTree {
  const above: OpenFolder[] = [];
  let current: OpenFolder = { path: "", last: null, folded: new Set() };
  let unportable: string | null = null;
  let version: 1 | 2 = 1;

  function folderOf(path: string): OpenFolder {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    while (current.path !== parent) {
      const next = above.pop();
      if (!next) throw archiveInvalid(`${shownPath(path)} comes without its folder`);
      current = next;
    }
    return current;
  }

  function notePortability(folder: OpenFolder, name: string, path: string): void {
    if (rule === "posix" || unportable !== null) return;
    const folded = foldName(name);
    if (isPortableName(name) && !folder.folded.has(folded)) {
      folder.folded.add(folded);
      return;
    }
    unportable = path;
    if (rule === "portable")
      throw archiveInvalid(
        `it says that every system can store its names, but ${shownPath(path)} is one that Windows takes for another file or a device`,
      );
  }

  return {
    add(path, kind) {
      checkMemberPath(path);
      const folder = folderOf(path);
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (folder.path === "" && !(ROOTS.includes(name) && kind === "folder"))
        throw archiveInvalid(`${shownPath(path)} does not belong to an instance`);
      if (folder.last !== null && compareNames(name, folder.last) <= 0)
        throw archiveInvalid(`${shownPath(path)} is there twice or out of order`);
      folder.last = name;
      notePortability(folder, name, path);
      if (kind === "link" || (version === 1 && isLongPath(path))) version = 2;
      if (kind !== "folder") return;
      above.push(folder);
      current = { path, last: null, folded: new Set() };
    },
    get unportable() {
      return unportable;
    },
    get version() {
      return version;
    },
  };
}
