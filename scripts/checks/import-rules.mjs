/**
 * Allowed imports: the arrows of docs/architecture.md, one row per forbidden direction. Packages that
 * belong to one folder are in biome.json.
 */
import { isConfig, isTest } from "./project.mjs";
import { isApi, isDriver, isInterface, roomOf, seamOf } from "./rooms.mjs";

const ABOVE_SERVICES = ["trpc", "server", "app", "main"];
const ABOVE_TRPC = ["server", "app", "main"];

/** forbidden(from, to, kind) → why this import is forbidden, or undefined. */
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

function* importViolations(file) {
  const from = roomOf(file.name);
  for (const { kind, target, line } of file.imports) {
    if (!target) continue;
    const where = { file: file.name, line };
    const to = roomOf(target);
    for (const arrow of ARROWS) {
      const why = arrow(from, to, kind);
      if (why) yield { ...where, rule: "import", message: `${target}: ${why}` };
    }
    if (isTest(target)) {
      yield { ...where, rule: "import", message: `${target} is only for tests` };
    }
  }
}

export function checkImports({ files }) {
  return [...files.values()]
    .filter(({ name }) => !isTest(name) && !isConfig(name))
    .flatMap((file) => [...importViolations(file)]);
}
