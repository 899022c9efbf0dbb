/** Chooses the points of sampled tests: a seed that changes with each run, or all of them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The seed of this run: the requested one, else a new one. */
export const seedOf = (env, now = Date.now()) => env.CLAW_TEST_SEED ?? String(now % 1_000_000);

/**
 * The sampling test files below `folder`, which `npm run test:deep` runs completely: relative, with
 * "/".
 */
export function filesThatSample(folder) {
  const names = readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules/"));
  return names
    .filter((name) =>
      /from "[./\w]*support\/sample\.ts"/.test(readFileSync(path.join(folder, name), "utf8")),
    )
    .sort();
}
