import { advance, LOG_START, type LogLine } from "@claw/core/log-cursor";
import { expect, test } from "vitest";
import { FakeDocker, json } from "../../../tests/support/fake-docker.ts";
import type { LogQuery } from "../engine.ts";
import { createDockerEngine } from "./docker-engine.ts";

/** A line of a log file, or a place where the power failed. */
type Entry = number | "hole";

const stamp = (n: number) => `2026-01-22T08:22:07.${String(n).padStart(9, "0")}Z`;

function frame(n: number): Buffer {
  const body = Buffer.from(`${stamp(n)} line ${n}\n`);
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, body.length]);
  return Buffer.concat([header, body]);
}

/**
 * Docker's behaviour (20.10): it reads from the last so many lines on, stops at a damaged place
 * and, when following, continues with new lines.
 */
async function dockerWith(file: readonly Entry[], live: readonly number[] = []) {
  const docker: FakeDocker = await FakeDocker.start([
    [/GET \/containers\/openclaw-anna\/json/, json(() => docker.inspected("anna"))],
    [
      /GET \/containers\/id-of-anna\/logs/,
      (_, response, url) => {
        const tail = url.searchParams.get("tail");
        const read = tail === null ? file : file.slice(-Number(tail));
        const hole = read.indexOf("hole");
        for (const n of hole < 0 ? read : read.slice(0, hole))
          if (n !== "hole") response.write(frame(n));
        if (url.searchParams.get("follow") === "true")
          for (const n of live) response.write(frame(n));
        response.end();
      },
    ],
  ]);
  const engine = createDockerEngine({ home: docker.home, dockerHost: docker.address });
  return { docker, engine };
}

const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const line = (n: number): LogLine => ({ ts: stamp(n), stream: "stdout", text: `line ${n}` });
const DAMAGED: readonly Entry[] = [...upTo(1, 40), "hole", ...upTo(41, 700)];

test.each<[string, Partial<LogQuery>, number[], number[]]>([
  ["read to its end", { tail: 1_000 }, [], upTo(1, 700)],
  ["followed", { tail: 1_000, follow: true }, [701, 702], upTo(1, 702)],
  [
    "resumed",
    { after: advance(LOG_START, upTo(1, 20).map(line)), follow: true },
    [701],
    upTo(21, 701),
  ],
])("what is behind a damaged place of a log comes when it is %s, and the damage is told before", async (_, options, live, expected) => {
  const { docker, engine } = await dockerWith(DAMAGED, live);
  await using __ = docker;
  const seen: string[] = [];
  const query = {
    tail: 0,
    follow: false,
    signal: AbortSignal.timeout(20_000),
    onDamage: (lines: number) => seen.push(`damage ${lines}`),
    ...options,
  };
  for await (const batch of engine.logs("anna", query)) {
    expect(batch.length).toBeLessThanOrEqual(500);
    seen.push(...batch.map(({ text }) => text));
  }
  const wanted = expected.map((n) => `line ${n}`);
  wanted.splice(wanted.indexOf("line 41"), 0, "damage 1");
  expect(seen).toEqual(wanted);
});

test("a damaged place at the end of a log is told, whatever is written behind it", async () => {
  const { docker, engine } = await dockerWith([...upTo(1, 40), "hole"]);
  await using _ = docker;
  let damaged = 0;
  const onDamage = (lines: number) => {
    damaged += lines;
  };
  const query = { tail: 100, follow: true, signal: AbortSignal.timeout(20_000), onDamage };
  let count = 0;
  for await (const batch of engine.logs("anna", query)) count += batch.length;
  expect([count, damaged]).toEqual([40, 1]);
});

test.each<[string, readonly Entry[], Partial<LogQuery>]>([
  ["a log without one", upTo(1, 700), { tail: 1_000 }],
  ["a reading that begins behind it", DAMAGED, { tail: 600 }],
  [
    "a reader who has been behind it",
    DAMAGED,
    { after: advance(LOG_START, upTo(1, 700).map(line)) },
  ],
  ["an empty log", [], { tail: 10 }],
])("no damage is told of %s", async (_, file, options) => {
  const { docker, engine } = await dockerWith(file);
  await using __ = docker;
  const onDamage = () => expect.unreachable();
  const query = {
    tail: 0,
    follow: false,
    signal: AbortSignal.timeout(20_000),
    onDamage,
    ...options,
  };
  for await (const batch of engine.logs("anna", query)) expect(batch.length).toBeGreaterThan(0);
});
