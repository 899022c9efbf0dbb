/**
 * `npm run bench [-- [--quick] [--patient] [--profile] <name>…]`: sets everything up and measures
 * each number beside its reference.
 */
import path from "node:path";
import { longRun } from "./lib/long-run.mjs";
import { CACHE, inRoot, ROOT } from "./lib/paths.mjs";
import { explain, Sentence } from "./lib/words.mjs";

/** Every bench of packages/api/bench with its requirements. */
const NEEDS = {
  start: ["docker", "stub", "bundle"],
  create: ["docker", "stub", "compose", "bundle"],
  openclaw: ["docker", "openclaw", "bundle"],
  "log-throughput": ["docker", "stub", "bundle"],
  "log-latency": ["docker", "openclaw", "bundle"],
  "slow-viewer": ["docker", "openclaw", "bundle"],
  "many-instances": ["docker", "stub", "bundle"],
  archive: ["zstd"],
  downtime: ["docker", "openclaw", "bundle"],
  ingress: ["docker", "openclaw"],
  "panel-restart": ["docker", "openclaw", "bundle"],
  opening: ["docker", "openclaw", "chromium", "web", "bundle"],
  editor: ["docker", "openclaw", "chromium", "web", "bundle"],
  "web-page": ["docker", "chromium", "web", "bundle", "rigged"],
};

/**
 * Not committed: numbers differ per machine and would change with each run. Notable ones go into
 * packages/api/bench/README.md.
 */
const RESULTS = path.join(CACHE, "bench", "latest.json");

function bench() {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith("--"));
  const named = words.filter((word) => !word.startsWith("--"));
  const names = named.length > 0 ? named : Object.keys(NEEDS);
  for (const name of names)
    if (!NEEDS[name])
      throw new Sentence(`no bench ${name}; there are ${Object.keys(NEEDS).join(", ")}`);
  return longRun({
    needs: [...new Set(names.flatMap((name) => NEEDS[name]))],
    command: (own) => ({
      args: [inRoot("packages", "api", "bench", "run.ts"), ...flags, own, RESULTS, ...names],
      cwd: ROOT,
    }),
  });
}

try {
  process.exitCode = await bench();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
