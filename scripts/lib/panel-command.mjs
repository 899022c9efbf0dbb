/** How the panel is run from its bundle. */
import { inRoot, ROOT } from "./paths.mjs";

/**
 * glibc keeps what was freed below a threshold that grows with each large block, as the hash of a
 * password takes one, and once for each of many threads: an idle panel would hold 25 MB of nothing.
 * A value of the administrator's own wins; other systems know neither name.
 */
const ALLOCATION = {
  MALLOC_MMAP_THRESHOLD_: String(8 * 1024 ** 2),
  MALLOC_ARENA_MAX: "2",
};

export const panelEnvironment = (env = process.env) => ({ ...ALLOCATION, ...env });

/** For `supervise`. */
export function panelCommand(node) {
  const main = inRoot("packages", "api", "dist", "main.js");
  const args = ["--enable-source-maps", main];
  return { file: node, args, options: { cwd: ROOT, env: panelEnvironment() } };
}
