/** `npm run soak [-- --minutes 60 --instances 50 --seed 1]`: many instances, random faults, and what must hold all the same. */
import { parseArgs } from "node:util";
import { installDependencies } from "./lib/install.mjs";
import { removeLeftovers } from "./lib/leftovers.mjs";
import { createNeeds } from "./lib/needs.mjs";
import { packageBin } from "./lib/package-bin.mjs";
import { inRoot } from "./lib/paths.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { openRunFolder, removeFolders } from "./lib/run-folder.mjs";
import { supervise } from "./lib/supervise.mjs";
import { explain, Sentence } from "./lib/words.mjs";

const OPTIONS = {
  minutes: { type: "string" },
  instances: { type: "string" },
  seed: { type: "string" },
};

async function soak() {
  const { values } = parseArgs({ options: OPTIONS });
  const settings = Object.entries(values).map(([name, value]) => {
    if (!/^\d+$/.test(value)) throw new Sentence(`--${name} takes a whole number`);
    return [`CLAW_SOAK_${name.toUpperCase()}`, value];
  });
  await installDependencies();
  const node = pinnedNode();
  const { own, over } = await openRunFolder();
  await removeLeftovers(over, false); // tests that run now have containers of their own
  await removeFolders(over);
  try {
    const { env, missing } = await createNeeds({ node })(["docker", "stub"]);
    if (missing) throw new Sentence(missing);
    const args = [packageBin("vitest", "packages/api"), "run", "--project", "soak"];
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("CLAW_"));
    const given = { ...Object.fromEntries([...kept, ...settings]), ...env, TMPDIR: own };
    return await supervise([
      { file: node, args, options: { cwd: inRoot("packages", "api"), env: given } },
    ]);
  } finally {
    await removeLeftovers([own], false);
    await removeFolders([own]);
  }
}

try {
  process.exitCode = await soak();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
