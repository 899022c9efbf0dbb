/** Packages that are declared and not used, or used and not declared. */
import { builtinModules } from "node:module";

const BUILTIN = new Set(builtinModules);

/** "@scope/name/sub" → "@scope/name"; undefined for relative paths and what Node brings. */
export function packageOf(source) {
  if (/^(\.|\/|node:|virtual:)/.test(source) || BUILTIN.has(source)) return undefined;
  return source
    .split("/")
    .slice(0, source.startsWith("@") ? 2 : 1)
    .join("/");
}

const declared = (manifest) => ({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
  ...manifest.peerDependencies,
});

/** Types are used with the package they describe; Node's are named in a tsconfig. */
const describedBy = (name) => name.replace(/^@types\//, "").replace("__", "/");

function mentions(text, name) {
  return text.includes(`"${name}"`) || text.includes(`"${name}/`) || text.includes(`'${name}'`);
}

/**
 * workspaces: [{folder, manifest, sources: [{name, imports}], texts: [string]}];
 * texts are further files in which a package may be named (scripts, styles, configs).
 */
export function checkDependencies(workspaces) {
  return workspaces.flatMap(({ folder, manifest, sources, texts }) => {
    const file = folder === "." ? "package.json" : `${folder}/package.json`;
    const all = Object.keys(declared(manifest));
    const imported = new Map();
    for (const { name, imports } of sources) {
      for (const { source, line } of imports) {
        const wanted = packageOf(source);
        if (wanted && wanted !== manifest.name && !imported.has(wanted)) {
          imported.set(wanted, { file: name, line });
        }
      }
    }
    const isUsed = (name) =>
      imported.has(name) || texts.some((text) => mentions(text, describedBy(name)));
    const typesOnly = (name) => all.includes(`@types/${name}`);
    return [
      ...all
        .filter((name) => !isUsed(name) && !imported.has(describedBy(name)))
        .map((name) => ({ rule: "dependency", file, line: 1, message: `${name} is not used` })),
      ...[...imported]
        .filter(([name]) => !all.includes(name) && !typesOnly(name))
        .map(([name, where]) => ({
          rule: "dependency",
          ...where,
          message: `${name} is not in ${file}`,
        })),
    ];
  });
}
