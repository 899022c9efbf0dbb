/**
 * `npm test [-- [--ci] <part of a suite's name>…]`: sets everything up, runs every suite, ends with
 * "N passed, N failed". With `--deep` (`npm run test:deep`) runs the sampling suites completely.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { installDependencies } from "./lib/install.mjs";
import { leftBehind } from "./lib/left-behind.mjs";
import { removeLeftovers } from "./lib/leftovers.mjs";
import { createNeeds } from "./lib/needs.mjs";
import { CACHE } from "./lib/paths.mjs";
import { pinnedNode } from "./lib/pinned-node.mjs";
import { exitCode, failureLines, lastLine, table } from "./lib/report.mjs";
import { openRunFolder, removeFolders } from "./lib/run-folder.mjs";
import { killTree, runSuite } from "./lib/run-suite.mjs";
import { seedOf } from "./lib/sampling.mjs";
import { sweepTestEngines } from "./lib/test-engine.mjs";
import { createTestEngines } from "./lib/test-engines.mjs";
import { timeResult } from "./lib/time-limit.mjs";
import { explain, say, warn } from "./lib/words.mjs";

const REPORTS = path.join(CACHE, "reports");

/**
 * A panel's settings on this machine must not reach the tests. Hundreds of panels and workers would
 * each compile the same modules: the first one caches them for the others of this run.
 */
function testEnvironment(temporary) {
  const kept = Object.entries(process.env).filter(([name]) => !/^CLAW_(?!TEST_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    NODE_COMPILE_CACHE: path.join(temporary, "compiled"),
  };
}

/** Ctrl-C ends the running suite, and us. */
function endOnSignal() {
  let running;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    process.on(signal, () => {
      if (running) killTree(running, "SIGKILL");
      process.exit(code);
    });
  }
  return (child) => {
    running = child;
  };
}

async function runAll(suites, { node, strict, temporary, engines, sampling }) {
  const env = { ...testEnvironment(temporary), ...sampling };
  process.env.TMPDIR = temporary; // for what the needs start
  const meet = createNeeds({ node });
  const onChild = endOnSignal();
  const results = [];
  for (const suite of suites) {
    say(`\n=== ${suite.name}`);
    const started = Date.now();
    const met = await meet(suite.needs);
    const engine = met.missing ? met : await engines.use(suite.engine);
    const { missing, wrap } = engine;
    const result = missing
      ? { passed: 0, failed: strict ? 1 : 0, skipped: strict ? 0 : 1, note: missing }
      : await runSuite(suite, {
          node,
          env: { ...env, ...met.env, ...engine.env },
          wrap,
          reports: REPORTS,
          onChild,
        });
    if (missing) warn(`!!! SKIPPED ${suite.name}: ${missing}`);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    results.push({ name: suite.name, seconds, ...result });
  }
  return results;
}

/** One more result: the machine is as the run found it, except for installed packages. */
async function checkMachine(folder) {
  const started = Date.now();
  const failures = await leftBehind(folder);
  return {
    name: "machine left clean",
    passed: failures.length === 0 ? 1 : 0,
    failed: failures.length,
    skipped: 0,
    seconds: ((Date.now() - started) / 1000).toFixed(1),
    failures,
  };
}

async function test() {
  const words = process.argv.slice(2);
  const strict = words.includes("--ci") || /^(1|true)$/.test(process.env.CI ?? "");
  await installDependencies();
  const node = pinnedNode();
  await mkdir(REPORTS, { recursive: true });
  const deep = words.includes("--deep");
  const seed = seedOf(process.env);
  const { DEEP_SUITES, SUITES, selectSuites } = await import("./lib/suites.mjs"); // reads installed packages
  const wanted = words.filter((word) => !word.startsWith("--"));
  const suites = selectSuites(wanted, deep ? DEEP_SUITES : SUITES);
  const { own, over, alone } = await openRunFolder();
  await removeLeftovers(over, alone);
  await sweepTestEngines();
  await removeFolders(over);
  const engines = createTestEngines({ folder: own });
  const sampling = { CLAW_TEST_SEED: seed, ...(deep ? { CLAW_TEST_DEEP: "1" } : {}) };
  say(`Seed of what is sampled: ${seed} (CLAW_TEST_SEED=${seed} repeats it)`);
  const results = await runAll(suites, { node, strict, temporary: own, engines, sampling });
  await engines.stop();
  await removeLeftovers([own], alone);
  results.push(await checkMachine(own));
  if (strict && !deep) results.push(timeResult(process.uptime()));
  if (exitCode(results, strict) === 0) await removeFolders([own]); // else it may show why
  say(`\n${[...table(results), ...failureLines(results)].join("\n")}\n\nCLAW_TEST_SEED=${seed}`);
  process.exitCode = exitCode(results, strict);
  say(lastLine(results, strict));
}

try {
  await test();
} catch (error) {
  explain(error);
  process.exitCode = 1;
  say("0 passed, 1 failed");
}
