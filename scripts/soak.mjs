/**
 * `npm run soak [-- --minutes 60 --instances 50 --seed 1]`: many instances under random faults, and
 * the invariants that must hold.
 */
import { parseArgs } from "node:util";
import { longRun } from "./lib/long-run.mjs";
import { packageBin } from "./lib/package-bin.mjs";
import { inRoot } from "./lib/paths.mjs";
import { explain, Sentence } from "./lib/words.mjs";

const OPTIONS = {
  minutes: { type: "string" },
  instances: { type: "string" },
  seed: { type: "string" },
};

function soak() {
  const { values } = parseArgs({ options: OPTIONS });
  const settings = Object.entries(values).map(([name, value]) => {
    if (!/^\d+$/.test(value)) throw new Sentence(`--${name} takes a whole number`);
    return [`CLAW_SOAK_${name.toUpperCase()}`, value];
  });
  return longRun({
    needs: ["docker"],
    engine: "own", // the machine's own engine is not for fifty containers
    settings: Object.fromEntries(settings),
    command: () => ({
      args: [packageBin("vitest", "packages/api"), "run", "--project", "soak"],
      cwd: inRoot("packages", "api"),
    }),
  });
}

try {
  process.exitCode = await soak();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
