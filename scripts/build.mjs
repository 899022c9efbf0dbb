/**
 * `node scripts/build.mjs [web] [api] [rigged]`: builds what changed of the web page, the panel's
 * bundle, and that of the browser tests' rigged panel, after `npm ci`. Without names: the first two.
 */
import { buildIfChanged } from "./lib/builds.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { explain } from "./lib/words.mjs";

try {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : ["web", "api"])
    await buildIfChanged(name, pinnedNode());
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
