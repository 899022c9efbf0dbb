/**
 * `npm run build -w @claw/api`: the panel and its workers as plain JavaScript in dist/, with source maps.
 * `node scripts/bundle.mjs <folder> <file>`: a panel of the tests, whose main file is `<file>`, in `<folder>`.
 */
import { cp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";

const [folder = "dist", main = "src/main.ts"] = process.argv.slice(2);
const PACKAGE = path.join(import.meta.dirname, "..");
/** Beside src/, for the panel finds its home and its version from there. */
const DIST = path.join(PACKAGE, folder);

/** Loaded from node_modules: native code, and what finds files beside itself. */
const EXTERNAL = ["libsql", "ssh2", "@grpc/*"];

/**
 * Modules of one function each that dockerode loads in any case, and calls only with DOCKER_HOST=ssh://
 * or to build an image. Here they load when they are called.
 */
const ON_CALL = [
  { from: /[\\/]docker-modem[\\/]lib[\\/]/, source: "./ssh" },
  { from: /[\\/]dockerode[\\/]lib[\\/]/, source: "./session" },
];

const onCall = {
  name: "on-call",
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^\.\/(ssh|session)$/ },
      ({ importer, path: source, resolveDir, namespace }) => {
        if (
          namespace === "on-call" ||
          !ON_CALL.some((one) => one.source === source && one.from.test(importer))
        )
          return;
        return { path: path.join(resolveDir, source), namespace: "on-call" };
      },
    );
    onLoad({ filter: /.*/, namespace: "on-call" }, ({ path: file }) => ({
      contents: `module.exports = (...args) => require(${JSON.stringify(file)})(...args);`,
      resolveDir: path.dirname(file),
    }));
  },
};

// They belong to packages of ours, and npm could put them where the bundle does not look.
const { resolve } = createRequire(path.join(DIST, "main.js"));
for (const name of ["libsql", "ssh2"]) resolve(name);

await rm(DIST, { recursive: true, force: true });
await build({
  absWorkingDir: PACKAGE,
  entryPoints: {
    main,
    "task-worker": "src/files/disk/worker/task-worker.ts",
    "check-worker": "src/checker/ajv/check-worker.ts",
  },
  outdir: DIST,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  external: EXTERNAL,
  // An import() of CommonJS would give nothing but its default.
  alias: { "@zxcvbn-ts/language-common": "@zxcvbn-ts/language-common/dist/index.mjs" },
  plugins: [onCall],
  // Names stay, for stack traces; the text that V8 keeps in memory is halved.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  // CommonJS packages ask for what Node brings.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  logLevel: "warning",
});
await cp(path.join(PACKAGE, "src/store/libsql/migrations"), path.join(DIST, "migrations"), {
  recursive: true,
});
