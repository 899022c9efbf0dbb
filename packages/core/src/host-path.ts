/**
 * Paths on the Docker host, whose system may differ from the panel's: a panel in a Linux container
 * can manage containers of a Windows host, so the panel's `node:path` does not fit.
 */

/** Drive of `C:\a` and `C:/a`, or server and share of `\\server\share\a`. */
const WINDOWS_ROOT = /^(?:[A-Za-z]:(?=[\\/])|\\\\[^\\/]+[\\/]+[^\\/]+)/;

/** True for `/a`, `C:\a`, `C:/a` and `\\server\share`. */
export function isAbsoluteHostPath(path: string): boolean {
  return path.startsWith("/") || WINDOWS_ROOT.test(path);
}

/**
 * `relative` resolved against the absolute folder `base`, without `.`, `..` and doubled separators,
 * with the separators of its system.
 */
export function resolveHostPath(base: string, relative: string): string {
  const path = isAbsoluteHostPath(relative) ? relative : `${base}/${relative}`;
  const root = WINDOWS_ROOT.exec(path)?.[0] ?? "";
  const separator = root === "" ? "/" : "\\";
  const parts: string[] = [];
  for (const part of path.slice(root.length).split(root === "" ? "/" : /[\\/]/)) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return root.replace(/([^\\/])[\\/]+/, "$1\\") + separator + parts.join(separator);
}

/** True when `path` is `folder` or lies in it; both are absolute. */
export function isWithin(folder: string, path: string): boolean {
  const outer = resolveHostPath(folder, ".");
  const inner = resolveHostPath(path, ".");
  const separator = WINDOWS_ROOT.test(outer) ? "\\" : "/";
  return inner === outer || inner.startsWith(outer.endsWith(separator) ? outer : outer + separator);
}
