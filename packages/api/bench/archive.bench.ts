import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type DataSize, makeArchiveData } from "./archive-data.ts";
import type { ArchiveTimes, ArchiveWork } from "./archive-process.ts";
import type { Bench, BenchContext, Row } from "./bench.ts";
import { residentMegabytes } from "./process-usage.ts";
import { median, timed } from "./statistics.ts";

const run = promisify(execFile);

const SIZE: DataSize = { small: 30_000, medium: 40, large: 300_000_000 };
const QUICK_SIZE: DataSize = { small: 2_000, medium: 4, large: 10_000_000 };
const SAMPLE_EVERY_MS = 50;

/** Packing and checking a backup beside what tar, zstd and sha256sum need for the same files. */
export const archive: Bench = {
  name: "archive",
  async run(context) {
    const home = path.join(context.folder, "home");
    const data = path.join(home, "instances", "bench", "data");
    await mkdir(data, { recursive: true });
    context.say("archive: making the files");
    await makeArchiveData(data, context.quick ? QUICK_SIZE : SIZE);
    const panel = await startProcess(home);
    try {
      return await measure(context, home, panel);
    } finally {
      panel.kill();
      await rm(home, { recursive: true, force: true });
    }
  },
};

async function measure(context: BenchContext, home: string, panel: ChildProcess): Promise<Row[]> {
  const bytes = await bytesOf(path.join(home, "instances", "bench"));
  const samples: Samples = { pack: [], tar: [], verify: [], check: [], copy: [], cp: [] };
  const before = await residentMegabytes(panel.pid as number);
  const peak = watchMemory(panel.pid as number);
  const rounds = context.quick ? 2 : 7;
  for (let round = 0; round < rounds; round++) {
    await roundOf(context, samples, { home, panel });
    const last = Object.entries(samples).map(([way, ms]) => `${way} ${ms.at(-1)?.toFixed(0)}`);
    context.say(`archive: round ${round + 1} of ${rounds}: ${last.join(", ")} ms`);
  }
  return rowsOf(bytes, samples, peak.end() - before);
}

type Samples = Record<"pack" | "tar" | "verify" | "check" | "copy" | "cp", number[]>;

/** Each of ours beside its reference; which comes first is changed by turns. */
async function roundOf(
  context: BenchContext,
  samples: Samples,
  { home, panel }: { home: string; panel: ChildProcess },
): Promise<void> {
  const instance = path.join(home, "instances", "bench");
  const copy = path.join(home, "instances", ".copy-c-bench");
  const packed = path.join(home, "reference.tar.zst");
  const cp = path.join(home, "reference-copy");
  const bash = async (command: string) => (await timed(() => run("bash", ["-c", command]))).ms;
  const pairs: (() => Promise<void>)[][] = [
    [
      async () => void samples.copy.push((await ask(panel, "copy")).ms),
      async () => {
        await rm(cp, { recursive: true, force: true });
        samples.cp.push(await bash(`cp -a '${instance}' '${cp}'`));
      },
    ],
    [
      async () => void samples.pack.push((await ask(panel, "write")).packMs),
      async () => {
        const pack = `set -o pipefail; tar -C '${copy}' -c . | zstd -3 -q -f -o '${packed}'`;
        samples.tar.push(await bash(`${pack}; sync '${packed}'`));
      },
    ],
    [
      async () => void samples.verify.push((await ask(panel, "verify")).ms),
      async () => {
        const hash = `find '${copy}' -type f -print0 | xargs -0 sha256sum > /dev/null`;
        samples.check.push(await bash(`zstd -t -q '${packed}'; ${hash}`));
      },
    ],
  ];
  for (const pair of pairs)
    for (const one of samples.tar.length % 2 === 0 ? pair : pair.toReversed()) {
      await context.quietMoment();
      await one();
    }
}

function rowsOf(bytes: number, samples: Samples, megabytes: number): Row[] {
  const speeds = (ms: readonly number[]) => ms.map((each) => bytes / 1_000 / each);
  const speed = (ours: readonly number[], theirs: readonly number[], name: string) => ({
    unit: "MB/s",
    value: median(speeds(ours)),
    reference: { name, value: median(speeds(theirs)) },
    samples: { ours: speeds(ours), reference: speeds(theirs) },
    paired: true as const,
  });
  return [
    {
      name: "packing, flushed",
      ...speed(samples.pack, samples.tar, "tar | zstd -3, flushed"),
      target: { ratio: "atLeast", bar: 0.8 },
    },
    {
      name: "checking every byte",
      ...speed(samples.verify, samples.check, "zstd -t, then sha256sum of the content"),
      target: { ratio: "atLeast", bar: 0.8 },
    },
    {
      name: "memory at most, over before",
      unit: "MB",
      value: megabytes,
      target: { value: "atMost", bar: 200 },
    },
    { name: "copying", ...speed(samples.copy, samples.cp, "cp -a") },
  ];
}

async function startProcess(home: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL("./archive-process.ts", import.meta.url));
  const child = fork(file, [home], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await once(child, "message");
  return child;
}

async function ask(panel: ChildProcess, what: ArchiveWork): Promise<ArchiveTimes> {
  const answered = new AbortController();
  const ended = once(panel, "exit", { signal: answered.signal }).then(() =>
    Promise.reject(new Error(`${what} failed`)),
  );
  ended.catch(() => undefined);
  const answer = once(panel, "message");
  panel.send(what);
  try {
    const [times] = await Promise.race([answer, ended]);
    return times as ArchiveTimes;
  } finally {
    answered.abort();
  }
}

/** The most memory in RAM that a process has had. */
function watchMemory(pid: number): { end: () => number } {
  let peak = 0;
  const look = async () => {
    peak = Math.max(peak, await residentMegabytes(pid).catch(() => 0));
  };
  const timer = setInterval(() => void look(), SAMPLE_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      return peak;
    },
  };
}

async function bytesOf(folder: string): Promise<number> {
  const { stdout } = await run("du", ["-s", "-B1", "--apparent-size", folder]);
  return Number(stdout.split("\t")[0]);
}
