import { archiveInvalid } from "./archive-invalid.ts";

/** UTF-16 units of one name: what Windows takes. Linux takes 255 bytes, and refuses the rest itself. */
const NAME_MAX = 255;
/**
 * Bytes of a path in UTF-8, and its parts. A path that is longer than the system takes at once is
 * reached folder by folder; beyond these limits a program has run wild.
 */
const PATH_MAX = 16_000;
const DEPTH_MAX = 1_000;
/** What readers of the format's first version take. */
const PATH_MAX_1 = 3_500;
const DEPTH_MAX_1 = 200;

/** Names that Windows gives to devices, whatever follows after a dot. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
const NOT_ON_WINDOWS = /[<>:"|?*\\\u0000-\u001f]/;

/**
 * What keeps `path` from being the path of a file or folder in an archive, as the rest of
 * "the name …", or null. It is relative, its parts are joined by `/`, no part is empty, `.` or
 * `..`, and it holds nothing that no file system can store.
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

/** True for a path that only readers of the format's second version take. */
export function isLongPath(path: string): boolean {
  return utf8Length(path) > PATH_MAX_1 || path.split("/").length > DEPTH_MAX_1;
}

/** A path as a sentence shows it: in quotes, and not too much of it. */
export function shownPath(path: string): string {
  return JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
}

/** Throws ARCHIVE_INVALID unless `path` can be the path of a file or folder in an archive. */
export function checkMemberPath(path: string): void {
  const fault = memberPathFault(path);
  if (fault !== null) throw archiveInvalid(`the name ${shownPath(path)} ${fault}`);
}

/**
 * True for the name of a file or folder that Windows stores as it is: no backslash, no drive
 * letter, no name of a device, no control character, no dot or space at its end.
 */
export function isPortableName(name: string): boolean {
  return !NOT_ON_WINDOWS.test(name) && !/[. ]$/.test(name) && !DEVICES.test(name);
}

/** Two names with the same result are the same to a file system that ignores case or accents' form. */
export function foldName(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}

/** The order of names by their code points, which is also that of their bytes in UTF-8. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one !== other) return inCodePointOrder(one) - inCodePointOrder(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for the highest code points, but lie below U+E000 in UTF-16. */
const inCodePointOrder = (unit: number) =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A pair of surrogates is two units and four bytes.
    if (unit >= 0xd800 && unit < 0xe000) bytes += 1;
    else if (unit >= 0x800) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
