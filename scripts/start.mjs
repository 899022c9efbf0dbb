/**
 * `npm start [-- --no-install]`: everything a fresh machine needs, then the panel. Runs on Node
 * 20.11 without any dependency.
 */
import { buildIfChanged } from "./lib/builds.mjs";
import { ensureDocker } from "./lib/docker.mjs";
import { installDependencies } from "./lib/install.mjs";
import { panelCommand } from "./lib/panel-command.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { supervise } from "./lib/supervise.mjs";
import { explain } from "./lib/words.mjs";

async function start() {
  const mayInstall = !process.argv.includes("--no-install");
  await installDependencies();
  const node = pinnedNode();
  await buildIfChanged("web", node);
  await buildIfChanged("api", node);
  if (process.env.CLAW_ENGINE !== "memory") await ensureDocker({ mayInstall });
  return supervise([panelCommand(node)]);
}

try {
  process.exitCode = await start();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
