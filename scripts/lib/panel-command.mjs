/** The command that runs the panel from its bundle. */
import { inRoot, ROOT } from "./paths.mjs";

/**
 * glibc caches freed memory below a threshold that grows with each large block, as password hashes
 * allocate them, and does so per thread: an idle panel would hold 25 MB of unused memory. The
 * administrator's own values win; other systems know neither name.
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
