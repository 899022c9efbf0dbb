/** Runs the benches that are named, or all: `run.ts [--quick] [--patient] [--profile] <folder> <result file> [name…]`. */
import { execFileSync } from "node:child_process";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { editor } from "../../../e2e/bench/editor.bench.ts";
import { opening } from "../../../e2e/bench/opening.bench.ts";
import { webPage } from "../../../e2e/bench/web-page.bench.ts";
import { archive } from "./archive.bench.ts";
import type { Bench, BenchContext } from "./bench.ts";
import { passes } from "./bench.ts";
import { create } from "./create.bench.ts";
import { docker, sweep } from "./docker.ts";
import { downtime } from "./downtime.bench.ts";
import { ingress } from "./ingress.bench.ts";
import { logLatency } from "./log-latency.bench.ts";
import { logThroughput } from "./log-throughput.bench.ts";
import { manyInstances } from "./many-instances.bench.ts";
import { openclaw } from "./openclaw.bench.ts";
import { killPanels } from "./panel.ts";
import { panelRestart } from "./panel-restart.bench.ts";
import { quietMoment } from "./quiet-moment.ts";
import { asJson, type Outcome, table } from "./report.ts";
import { slowViewer } from "./slow-viewer.bench.ts";
import { start } from "./start.bench.ts";

const BENCHES = [
  start,
  create,
  openclaw,
  logThroughput,
  logLatency,
  slowViewer,
  manyInstances,
  webPage,
  ingress,
  panelRestart,
  opening,
  editor,
  archive,
  downtime,
];

/** How long each measurement waits for a quiet machine; --patient is for a machine that is shared. */
const WAIT_MS = 15_000;
const PATIENT_WAIT_MS = 600_000;

const say = (text: string) => process.stdout.write(`${text}\n`);
const loadAverage = () => os.loadavg()[0] ?? 0;

async function runBench(
  bench: Bench,
  limits: { waitMs: number },
  given: Omit<BenchContext, "quietMoment">,
): Promise<Outcome> {
  await mkdir(given.folder, { recursive: true });
  const before = loadAverage();
  const started = performance.now();
  const outcome: Outcome = {
    bench: bench.name,
    rows: [],
    error: null,
    seconds: 0,
    moments: { waited: 0, disturbed: 0 },
    load: { before, after: 0 },
  };
  const quietMomentOf = async (ownShare?: number) => {
    outcome.moments.waited += 1;
    if (!(await quietMoment(limits.waitMs, ownShare))) outcome.moments.disturbed += 1;
  };
  const failed = (error: unknown) => {
    outcome.error ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(outcome.error);
  };
  try {
    outcome.rows = await bench.run({ ...given, quietMoment: quietMomentOf });
  } catch (error) {
    failed(error);
  }
  outcome.seconds = Math.round((performance.now() - started) / 1000);
  outcome.load.after = loadAverage();
  killPanels();
  await sweep(given.folder).catch(failed);
  return outcome;
}

/** Broken off, everything that was made in Docker is removed all the same. */
function cleanUpOnSignal(folder: string): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => {
      say("removing what the bench made…");
      killPanels();
      sweep(folder).then(
        () => process.exit(code),
        () => process.exit(1),
      );
    });
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: "boolean" },
      patient: { type: "boolean" },
      profile: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [under = "", resultFile = "", ...names] = positionals;
  const folder = await realpath(under);
  const quick = values.quick === true;
  const waitMs = quick ? 0 : values.patient ? PATIENT_WAIT_MS : WAIT_MS;
  cleanUpOnSignal(folder);
  const images = { stub: "openclaw:stub", openclaw: "openclaw:local" };
  const compose = process.env.CLAW_TEST_COMPOSE ?? "";
  const profiles = values.profile ? path.join(path.dirname(resultFile), "profiles") : null;
  const outcomes: Outcome[] = [];
  const started = new Date().toISOString();
  for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    say(`\n=== ${bench.name}`);
    const own = path.join(folder, bench.name);
    const given = { folder: own, quick, images, compose, profiles, say };
    outcomes.push(await runBench(bench, { waitMs }, given));
  }
  const facts = {
    started,
    quick,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    node: process.version,
    docker: await docker("version", "--format", "{{.Server.Version}}"),
    cpus: os.availableParallelism(),
  };
  await mkdir(path.dirname(resultFile), { recursive: true });
  await writeFile(resultFile, asJson(outcomes, facts));
  say(`\n${table(outcomes).join("\n")}\n`);
  for (const { bench, load, moments } of outcomes)
    say(
      `${bench}: load average ${load.before.toFixed(1)} before, ${moments.disturbed} of ${moments.waited} measurements on a busy machine`,
    );
  say(`the same with every sample: ${path.relative(process.cwd(), resultFile)}`);
  if (quick) say("small sizes (--quick): the numbers show that the benches work, no more");
  const missed = outcomes.some(
    ({ error, rows }) => error !== null || rows.some((row) => passes(row) === false),
  );
  process.exitCode = missed ? 1 : 0;
}

await main();
