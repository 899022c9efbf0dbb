/** Installs Debian packages without questions. */
import { mustRun, run } from "./run.mjs";
import { warn } from "./words.mjs";

const quiet = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
let listsAreFresh = false;

/** A source that does not answer must not block an install from the others. */
export async function aptUpdate() {
  if (listsAreFresh) return;
  const { code, output } = await run("apt-get", ["update", "-qq"], quiet);
  if (code !== 0) warn(`apt-get update: ${output.trimEnd().split("\n").at(-1)}`);
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
