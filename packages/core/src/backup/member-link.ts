import { utf8Length } from "./member-name.ts";

/** Maximum bytes of a target in UTF-8: the limit of Linux. */
const TARGET_MAX = 4_095;

/**
 * Why an archive cannot hold a symbolic link, as the rest of "the link …", or null. A target must
 * be relative, go up only at its beginning and stay inside `data` or `logs`. A step up after a
 * folder's name is refused: that folder may itself be a link, and the step would lead elsewhere. So
 * no chain of such links leaves the folder.
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
