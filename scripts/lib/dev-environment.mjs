import { mkdirSync } from "node:fs";
import path from "node:path";
import { CACHE } from "./paths.mjs";

/**
 * The environment of a panel in development. On the memory engine it has a home of its own:
 * `npm start` would run its examples, whose password everybody knows, on Docker.
 */
export function devEnvironment(given, { cache = CACHE } = {}) {
  const env = { ...given };
  env.CLAW_ENGINE ||= "memory";
  if (env.CLAW_ENGINE !== "memory") return env;
  if (!env.CLAW_HOME) {
    env.CLAW_HOME = path.join(cache, "dev-home");
    mkdirSync(env.CLAW_HOME, { recursive: true });
  }
  // Needs no secret: the memory engine runs no instance.
  env.CLAW_ADMIN_PASSWORD ||= "lobsters in memory";
  return env;
}
