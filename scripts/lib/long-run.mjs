/**
 * A long run of one command, as the bench and the soak: sets up, isolates it from this machine's
 * settings, cleans up.
 */
import { installDependencies } from "./install.mjs";
import { removeLeftovers } from "./leftovers.mjs";
import { createNeeds } from "./needs.mjs";
import { pinnedNode } from "./pinned-node.mjs";
import { openRunFolder, removeFolders } from "./run-folder.mjs";
import { supervise } from "./supervise.mjs";
import { sweepTestEngines } from "./test-engine.mjs";
import { createTestEngines } from "./test-engines.mjs";
import { Sentence } from "./words.mjs";

/** A panel's settings on this machine must not reach the measured one. */
export function withoutSettings(environment) {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith("CLAW_"));
  return Object.fromEntries(kept);
}

function met({ env, missing, wrap = [] }) {
  if (missing) throw new Sentence(missing);
  return { env, wrap };
}

/**
 * `needs`: of needs.mjs; `engine`: "own" for a Docker Engine beside the machine's; `settings`:
 * added to the environment; `command(own)`: {args, cwd} for the pinned Node, given the run's
 * temporary folder. Resolves with its exit code.
 */
export async function longRun({ needs, engine, settings = {}, command }) {
  await installDependencies();
  const node = pinnedNode();
  const { own, over } = await openRunFolder();
  await removeLeftovers(over, false); // running tests have containers of their own
  await sweepTestEngines();
  await removeFolders(over);
  const engines = createTestEngines({ folder: own });
  try {
    const machine = met(await createNeeds({ node })(needs));
    const { env: apart, wrap } = met(await engines.use(engine));
    const { args, cwd } = command(own);
    const env = { ...withoutSettings(process.env), ...settings, ...machine.env, ...apart };
    const [file, ...words] = [...wrap, node, ...args];
    return await supervise([{ file, args: words, options: { cwd, env: { ...env, TMPDIR: own } } }]);
  } finally {
    await removeLeftovers([own], false);
    await engines.stop();
    await removeFolders([own]);
  }
}
