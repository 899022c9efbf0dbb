import { archiveInvalid } from "./archive-invalid.ts";

/** Maximum UTF-16 units of a name: the limit of Windows. Linux enforces its own 255 bytes. */
const NAME_MAX = 255;
/**
 * Maximum bytes of a path in UTF-8, and of its parts. Paths beyond the system call limit are walked
 * folder by folder; beyond these limits a program has run wild.
 */
const PATH_MAX = 16_000;
const DEPTH_MAX = 1_000;
/** The limits of readers of format 1. */
const PATH_MAX_1 = 3_500;
const DEPTH_MAX_1 = 200;

/** Device names of Windows, reserved with any extension. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the target
const NOT_ON_WINDOWS = /[<>:"|?*\\\u0000-\u001f]/;

/**
 * Why an archive cannot hold `path`, as the rest of "the name …", or null. A path is relative with
 * `/` between its parts; no part is empty, `.` or `..`, or impossible on every file system.
 */
export function memberPathFault(path: string): string | null {
  if (!path.isWellFormed()) return "is not text";
  if (utf8Length(path) > PATH_MAX) return "is too long";
  const parts = path.split("/");
  if (parts.length > DEPTH_MAX) return "has too many folders";
  for (const part of parts) {
    if (part === "") return "is absolute or has an empty part";
    if (part === "." || part === "..") return "leads out of its folder";
    if (part.includes("\0")) return "holds a NUL character";
    if (part.length > NAME_MAX) return "is too long";
  }
  return null;
}

/** True for a path that needs format 2. */
export function isLongPath(path: string): boolean {
  return utf8Length(path) > PATH_MAX_1 || path.split("/").length > DEPTH_MAX_1;
}

/** A path as messages show it: quoted and shortened. */
export function shownPath(path: string): string {
  return JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
}

/** Throws ARCHIVE_INVALID unless an archive can hold a file or folder at `path`. */
export function checkMemberPath(path: string): void {
  const fault = memberPathFault(path);
  if (fault !== null) throw archiveInvalid(`the name ${shownPath(path)} ${fault}`);
}

/**
 * True for a name that Windows stores unchanged: no backslash, drive letter, device name or control
 * character, no dot or space at its end.
 */
export function isPortableName(name: string): boolean {
  return !NOT_ON_WINDOWS.test(name) && !/[. ]$/.test(name) && !DEVICES.test(name);
}

/** Names with equal results collide on a file system that ignores case or Unicode form. */
export function foldName(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}

/** Orders names by code points, which is the order of their UTF-8 bytes. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one !== other) return inCodePointOrder(one) - inCodePointOrder(other);
  }
  return a.length - b.length;
}

/** Surrogates encode the highest code points, but sort below U+E000 in UTF-16. */
const inCodePointOrder = (unit: number) =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is two units and four bytes.
    if (unit >= 0xd800 && unit < 0xe000) bytes += 1;
    else if (unit >= 0x800) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
