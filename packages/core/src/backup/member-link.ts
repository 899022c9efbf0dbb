import { utf8Length } from "./member-name.ts";

/** Bytes of a target in UTF-8: what Linux takes. */
const TARGET_MAX = 4_095;

/**
 * What keeps a symbolic link from being in an archive, as the rest of "the link …", or null. It is
 * relative, goes up only at its beginning, and not out of `data` or `logs`, wherever it lies in
 * them. A step up behind the name of a folder is refused, because that folder may be a link itself,
 * from which the step leads elsewhere. So no chain of such links leaves the folder.
 */
export function linkFault(path: string, target: string): string | null {
  if (!target.isWellFormed()) return "leads to what is not text";
  if (target === "" || target.includes("\0")) return "leads nowhere";
  if (utf8Length(target) > TARGET_MAX) return "is too long";
  if (target.startsWith("/") || target.includes("\\") || /^[a-z]:/i.test(target))
    return "leads out of its folder";
  const parts = target.split("/").filter((part) => part !== "" && part !== ".");
  const steps = parts.findIndex((part) => part !== "..");
  const up = steps === -1 ? parts.length : steps;
  if (parts.indexOf("..", up) !== -1) return "goes up behind the name of a folder";
  const foldersBelowRoot = path.split("/").length - 2;
  return up > foldersBelowRoot ? "leads out of its folder" : null;
}
