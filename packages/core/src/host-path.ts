/**
 * Paths on the Docker host, which may run another system than the panel: a panel in a Linux
 * container can manage containers of a Windows host, so `node:path` of the panel does not fit.
 */
function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || path.startsWith("\\\\");
}

/** True for `/a`, `C:\a`, `C:/a` and `\\server\share`. */
export function isAbsoluteHostPath(path: string): boolean {
  return path.startsWith("/") || isWindowsPath(path);
}

/** `relative` as seen from the absolute folder `base`, with the separators of `base`. */
export function resolveHostPath(base: string, relative: string): string {
  if (isAbsoluteHostPath(relative)) return relative;
  const windows = isWindowsPath(base);
  const separator = windows ? "\\" : "/";
  const root = windows ? /^(?:[A-Za-z]:|\\\\[^\\/]+[\\/][^\\/]+)/.exec(base)?.[0] ?? "" : "";
  const split = windows ? /[\\/]+/ : /\/+/;
  const parts = base.slice(root.length).split(split).filter(Boolean);
  for (const part of relative.split(split)) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return root + separator + parts.join(separator);
}
