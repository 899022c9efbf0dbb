/** `npm run bench [-- [--quick] [--patient] [--profile] <name>…]`: sets everything up and measures each number beside its reference. */
import path from "node:path";
import { installDependencies } from "./lib/install.mjs";
import { removeLeftovers } from "./lib/leftovers.mjs";
import { createNeeds } from "./lib/needs.mjs";
import { CACHE, inRoot, ROOT } from "./lib/paths.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { openRunFolder, removeFolders } from "./lib/run-folder.mjs";
import { supervise } from "./lib/supervise.mjs";
import { explain, Sentence } from "./lib/words.mjs";

/** Every bench of packages/api/bench and what it needs of the machine. */
const NEEDS = {
  create: ["docker", "stub", "compose"],
  openclaw: ["docker", "openclaw"],
  "log-throughput": ["docker", "stub"],
  "log-latency": ["docker", "openclaw"],
  "slow-viewer": ["docker", "openclaw"],
  "many-instances": ["docker", "stub"],
  archive: ["zstd"],
  downtime: ["docker", "openclaw"],
  "web-page": ["docker", "chromium", "web"],
};

/**
 * Not committed: every machine has its own numbers, and a file that changes with each run would
 * be in every diff. What is worth keeping is written into packages/api/bench/README.md.
 */
const RESULTS = path.join(CACHE, "bench", "latest.json");

/** Settings of a panel on this machine must not reach the one that is measured. */
function benchEnvironment(added) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("CLAW_"));
  return { ...Object.fromEntries(kept), ...added };
}

async function bench() {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith("--"));
  const named = words.filter((word) => !word.startsWith("--"));
  const names = named.length > 0 ? named : Object.keys(NEEDS);
  for (const name of names)
    if (!NEEDS[name])
      throw new Sentence(`no bench ${name}; there are ${Object.keys(NEEDS).join(", ")}`);
  await installDependencies();
  const node = pinnedNode();
  const { own, over } = await openRunFolder();
  await removeLeftovers(over, false); // tests that run now have containers of their own
  await removeFolders(over);
  try {
    const needs = [...new Set(names.flatMap((name) => NEEDS[name]))];
    const { env, missing } = await createNeeds({ node })(needs);
    if (missing) throw new Sentence(missing);
    const args = [inRoot("packages", "api", "bench", "run.ts"), ...flags, own, RESULTS, ...names];
    return await supervise([
      { file: node, args, options: { cwd: ROOT, env: benchEnvironment(env) } },
    ]);
  } finally {
    await removeLeftovers([own], false);
    await removeFolders([own]);
  }
}

try {
  process.exitCode = await bench();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
