/**
 * `npm run dev`: the API on the memory engine, restarted on change, and vite's dev server; both end
 * together. The memory engine has a home of its own, and gets instances if it has none, so that
 * there is something to see.
 */
import path from "node:path";
import { devEnvironment } from "./lib/dev-environment.mjs";
import { ensureDocker } from "./lib/docker.mjs";
import { installDependencies } from "./lib/install.mjs";
import { packageBin } from "./lib/package-bin.mjs";
import { inRoot, ROOT } from "./lib/paths.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { seed } from "./lib/seed.mjs";
import { supervise } from "./lib/supervise.mjs";
import { explain } from "./lib/words.mjs";

async function dev() {
  await installDependencies();
  const node = pinnedNode();
  const env = devEnvironment(process.env);
  if (env.CLAW_ENGINE === "docker") await ensureDocker({ mayInstall: false });
  if (env.CLAW_ADMIN_PASSWORD !== process.env.CLAW_ADMIN_PASSWORD)
    console.log(`Log in as admin with the password: ${env.CLAW_ADMIN_PASSWORD}`);
  const web = path.join("packages", "web");
  const ended = new AbortController();
  if (env.CLAW_ENGINE === "memory") void addExamples(env, ended.signal);
  return supervise([
    {
      file: node,
      args: ["--watch", "--watch-preserve-output", inRoot("packages", "api", "src", "main.ts")],
      options: { cwd: ROOT, env },
    },
    { file: node, args: [packageBin("vite", web)], options: { cwd: inRoot(web), env } },
  ]).finally(() => ended.abort());
}

async function addExamples({ CLAW_PORT = "8000", CLAW_ADMIN_PASSWORD: password }, signal) {
  try {
    const people = await seed({ url: `http://127.0.0.1:${CLAW_PORT}`, password, signal });
    if (people.length > 0)
      console.log(`Examples were made; log in as ${people.join(", ")} with the same password.`);
  } catch (error) {
    console.log(`No examples were made: ${error.message}`);
  }
}

try {
  process.exitCode = await dev();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
