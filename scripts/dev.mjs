/**
 * `npm run dev`: the API on the memory engine, restarted on change, and vite's dev server; both end
 * together.
 */
import path from "node:path";
import { ensureDocker } from "./lib/docker.mjs";
import { installDependencies } from "./lib/install.mjs";
import { packageBin } from "./lib/package-bin.mjs";
import { inRoot, ROOT } from "./lib/paths.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { supervise } from "./lib/supervise.mjs";
import { explain } from "./lib/words.mjs";

async function dev() {
  await installDependencies();
  const node = pinnedNode();
  const engine = process.env.CLAW_ENGINE ?? "memory";
  if (engine === "docker") await ensureDocker({ mayInstall: false });
  const env = { ...process.env, CLAW_ENGINE: engine };
  if (engine === "memory" && !env.CLAW_ADMIN_PASSWORD) {
    // Needs no secret: the memory engine runs no instance.
    env.CLAW_ADMIN_PASSWORD = "lobsters in memory";
    console.log(`Log in as admin with the password: ${env.CLAW_ADMIN_PASSWORD}`);
  }
  const web = path.join("packages", "web");
  return supervise([
    {
      file: node,
      args: ["--watch", "--watch-preserve-output", inRoot("packages", "api", "src", "main.ts")],
      options: { cwd: ROOT, env },
    },
    { file: node, args: [packageBin("vite", web)], options: { cwd: inRoot(web), env } },
  ]);
}

try {
  process.exitCode = await dev();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
