/**
 * The lock file must serve every platform: npm installs only optional packages that have an entry.
 */

/** The paths where Node looks for `name` from the package at `place`, innermost first. */
function* lookups(place, name) {
  for (let folder = place; ; ) {
    yield folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (folder === "") return;
    const outer = folder.lastIndexOf("/node_modules/");
    folder = outer === -1 ? "" : folder.slice(0, outer);
  }
}

/**
 * `packages`: those of package-lock.json. With an existing node_modules, npm writes only the
 * binaries of its own machine, and `npm ci` on another platform then installs a package without its
 * binary.
 */
export function checkLockFile({ packages }) {
  const broken = (message) => ({ rule: "lock", file: "package-lock.json", line: 1, message });
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {}, resolved }]) => [
    ...Object.keys(optionalDependencies)
      .filter((name) => ![...lookups(place, name)].some((key) => key in packages))
      .map((name) =>
        broken(`${name}, which ${place || "the root"} needs on its platform, is missing`),
      ),
    ...(/^https?:/.test(resolved ?? "")
      ? [broken(`${place} names the address of a registry`)]
      : []),
  ]);
}
