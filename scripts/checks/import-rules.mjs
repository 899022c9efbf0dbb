/** Who may import whom: the arrows of docs/architecture.md, one row for each forbidden direction. */
import { isConfig, isTest } from "./project.mjs";
import { isApi, isDriver, isInterface, roomOf, seamOf } from "./rooms.mjs";

const ABOVE_SERVICES = ["trpc", "server", "app", "main"];
const ABOVE_TRPC = ["server", "app", "main"];

/** forbidden(from, to, kind) → why this import is not allowed, or undefined. */
const ARROWS = [
  (from, to) => from === "core" && to !== "core" && "core imports nothing of the project",
  (from, to, kind) =>
    from === "web" && isApi(to) && kind !== "type" && "web may import only types of api",
  (from, to) => from !== "web" && from !== "e2e" && to === "web" && "nothing imports web",
  (from, to) => from === "services" && isDriver(to) && "services know interfaces, not drivers",
  (from, to) => from === "services" && ABOVE_SERVICES.includes(to) && `services may not know ${to}`,
  (from, to) =>
    isDriver(from) &&
    (to === "services" || ABOVE_SERVICES.includes(to)) &&
    `a driver may not know ${to}`,
  (from, to) => isDriver(from) && isDriver(to) && from !== to && "a driver may not know another",
  (from, to) =>
    isDriver(from) &&
    isInterface(to) &&
    seamOf(from) !== seamOf(to) &&
    "a driver knows only its own interface",
  (from, to) =>
    isInterface(from) &&
    (isDriver(to) || to === "services" || ABOVE_SERVICES.includes(to)) &&
    "an interface knows only core",
  (from, to) => from === "trpc" && isDriver(to) && "trpc calls services, not drivers",
  (from, to) => from === "trpc" && ABOVE_TRPC.includes(to) && `trpc may not know ${to}`,
  (from, to) => from === "server" && isDriver(to) && "server does not know drivers",
  (from, to) => from === "server" && ["app", "main"].includes(to) && `server may not know ${to}`,
  (from, to) => from === "app" && to === "main" && "app may not know main",
  (from, to, kind) =>
    from === "client" &&
    kind !== "type" &&
    isApi(to) &&
    !["client", "base"].includes(to) &&
    "the client may import only types of the server",
];

const CORE_PACKAGES = new Set([
  ...["zod", "yaml", "json5", "lezer-json5", "@lezer/common", "nunjucks", "archiver", "tar-stream"],
  ...["node:crypto", "node:zlib", "node:stream", "node:stream/promises", "node:path"],
]);

/** package → the only folder or files that may import it */
const CONFINED = [
  { source: /^dockerode(\/|$)/, only: /^packages\/api\/src\/engine\/docker\// },
  {
    source: /^(drizzle-orm|drizzle-kit|@libsql\/client)(\/|$)/,
    only: /^packages\/api\/(src\/store\/libsql\/|drizzle\.config\.ts$)/,
  },
];

function* importViolations(file) {
  const from = roomOf(file.name);
  for (const { source, kind, names, target, line } of file.imports) {
    const where = { file: file.name, line };
    if (target) {
      const to = roomOf(target);
      for (const arrow of ARROWS) {
        const why = arrow(from, to, kind);
        if (why) yield { ...where, rule: "import", message: `${target}: ${why}` };
      }
      if (isTest(target)) {
        yield { ...where, rule: "import", message: `${target} is only for tests` };
      }
      continue;
    }
    if (from === "core" && !source.startsWith(".") && !CORE_PACKAGES.has(source)) {
      yield { ...where, rule: "import", message: `core may not import ${source}` };
    }
    for (const { source: confined, only } of CONFINED) {
      if (confined.test(source) && !only.test(file.name)) {
        yield { ...where, rule: "import", message: `${source} belongs to ${only.source}` };
      }
    }
    if (names.includes("TRPCError") && from !== "trpc") {
      yield { ...where, rule: "import", message: "TRPCError belongs to packages/api/src/trpc/" };
    }
  }
}

export function checkImports({ files }) {
  return [...files.values()]
    .filter(({ name }) => !isTest(name) && !isConfig(name))
    .flatMap((file) => [...importViolations(file)]);
}
