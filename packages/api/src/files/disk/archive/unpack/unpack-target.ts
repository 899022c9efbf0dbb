import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchownSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { UnpackTarget } from "@claw/core/backup/codec/instance-content";
import { modesToRestore } from "@claw/core/backup/codec/modes";
import type { ContentSink, TarMember } from "@claw/core/backup/codec/tar-member";
import { shownPath } from "@claw/core/backup/member-name";
import { errorCode } from "@claw/core/errors";
import type { Owner } from "../../atomic-file.ts";
import { NO_FOLLOW } from "../../walk/folder-cursor.ts";
import { placesBelow } from "../../walk/member-places.ts";
import { writeSparse } from "../../walk/sparse.ts";

export interface FolderTarget extends UnpackTarget, Disposable {
  /** Files that are SQLite databases by their first bytes, as paths in the archive. */
  readonly databases: string[];
  /**
   * Creates the links, then sets the folders' modes and times. Last, because until then no link
   * exists that could be followed, and adding entries changes a folder's time.
   */
  finish(): void;
}

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
const SQLITE = Buffer.from("SQLite format 3\0", "latin1");

/** Unpacks into a folder that nobody else uses. Replaces and follows nothing. */
export function unpackInto(root: string, owner: Owner | null): FolderTarget {
  const made: { member: TarMember; mode: number }[] = [];
  const modeOf = modesToRestore();
  const links: TarMember[] = [];
  const places = placesBelow(root);
  const databases: string[] = [];
  let open: number | null = null;

  function file(member: TarMember): ContentSink {
    const mode = modeOf(member);
    const fd = stored(member, () => openSync(places.at(member.path), NEW_FILE, 0o600));
    open = fd;
    const out = writeSparse(fd);
    let head = Buffer.alloc(0);
    return {
      data(part) {
        if (head.length < SQLITE.length)
          head = Buffer.concat([head, part.subarray(0, SQLITE.length - head.length)]);
        out.write(part);
      },
      end() {
        out.end();
        if (owner) fchownSync(fd, owner.uid, owner.gid);
        fchmodSync(fd, mode);
        futimesSync(fd, member.mtime, member.mtime);
        open = null;
        closeSync(fd);
        if (head.equals(SQLITE)) databases.push(member.path);
      },
    };
  }

  function makeLink(member: TarMember): void {
    const link = places.at(member.path);
    stored(member, () => symlinkSync(member.target ?? "", link));
    lutimesSync(link, member.mtime, member.mtime);
    if (owner) lchownSync(link, owner.uid, owner.gid);
  }

  return {
    file,
    folder(member) {
      stored(member, () => mkdirSync(places.at(member.path), { mode: 0o700 }));
      made.push({ member, mode: modeOf(member) });
    },
    link: (member) => void links.push(member),
    databases,
    finish() {
      links.forEach(makeLink);
      for (const { member, mode } of made.toReversed()) {
        const folder = places.at(member.path);
        utimesSync(folder, member.mtime, member.mtime);
        chmodSync(folder, mode);
        if (owner) chownSync(folder, owner.uid, owner.gid);
      }
    },
    [Symbol.dispose]() {
      if (open !== null) closeSync(open);
      places[Symbol.dispose]();
    },
  };
}

/** A name that this system confuses with another one, or cannot store. */
function stored<T>(member: TarMember, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST")
      throw archiveInvalid(`${shownPath(member.path)} is the same as another name on this system`);
    if (code === "ENAMETOOLONG" || code === "EINVAL" || code === "ENOENT")
      throw archiveInvalid(`this system cannot store the name ${shownPath(member.path)}`);
    throw error;
  }
}
