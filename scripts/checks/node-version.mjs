/**
 * One Node version everywhere: the binaries pinned by the lock file, and .nvmrc for running files
 * by hand.
 */

const BINARY = /^node-(linux|win|darwin)-/;

/** manifest: the root's package.json; nvmrc: the text of .nvmrc. */
export function checkNodeVersion({ optionalDependencies }, nvmrc) {
  const wanted = nvmrc.trim();
  return Object.entries(optionalDependencies)
    .filter(([name, version]) => BINARY.test(name) && version !== wanted)
    .map(([name, version]) => ({
      rule: "node-version",
      file: "package.json",
      line: 1,
      message: `${name} is ${version}; .nvmrc says ${wanted}`,
    }));
}
