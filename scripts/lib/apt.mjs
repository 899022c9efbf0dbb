/** Install Debian packages without a question. */
import { mustRun, run } from "./run.mjs";

const quiet = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
let listsAreFresh = false;

export async function aptUpdate() {
  if (listsAreFresh) return;
  await mustRun("apt-get update", "apt-get", ["update", "-qq"], quiet);
  listsAreFresh = true;
}

export async function aptInstall(packages) {
  await aptUpdate();
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  await mustRun(`apt-get install ${packages.join(" ")}`, "apt-get", args, quiet);
}

/** Whether apt's lists offer this package. */
export async function aptKnows(name) {
  const { output } = await run("apt-cache", ["policy", name], quiet);
  return /Candidate: (?!\(none\))/.test(output);
}
