import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { containerName } from "@claw/core/naming";
import { createFrameDecoder } from "../src/engine/docker/log-frames.ts";
import type { Bench } from "./bench.ts";
import { writeTemplates } from "./bench-templates.ts";
import { openDockerStream } from "./docker.ts";
import { parseLine, WRITER_COMMAND, writeWriter } from "./log-writer.ts";
import { type Panel, startPanel } from "./panel.ts";
import { median, quantile, rotated } from "./statistics.ts";

const ID = "bench-latency";
const LINES_PER_SECOND = 3_500;
const LENGTH = 120;
const WARM_UP_MS = 3_000;
/** Processor use of the writer and Docker without readers, of two cores. */
const WRITER_SHARE = 0.15;

/** Container → client at 3,500 lines a second, beside a bare reader of Docker's log endpoint. */
export const logLatency: Bench = {
  name: "log-latency",
  async run(context) {
    const templates = await writeTemplates(path.join(context.folder, "templates"), WRITER_COMMAND);
    await using panel = await startPanel(context, { image: context.images.openclaw, templates });
    await panel.client.instances.create.mutate({ id: ID, name: ID, start: false });
    await writeWriter(panel.home, ID, { linesPerSecond: LINES_PER_SECOND, length: LENGTH });
    await panel.client.instances.start.mutate({ id: ID });
    const ours: Window[] = [];
    const reference: Window[] = [];
    const milliseconds = context.quick ? 4_000 : 20_000;
    const byPanel = async () => ours.push(await listenToPanel(panel, milliseconds));
    const byDocker = async () => reference.push(await listenToDocker(milliseconds));
    const rounds = context.quick ? 1 : 5;
    for (let round = 0; round < rounds; round++) {
      for (const listen of rotated([byPanel, byDocker], round)) {
        await context.quietMoment(WRITER_SHARE);
        await listen();
      }
      const last = [ours, reference].map((windows) => windows.at(-1)?.p99);
      context.say(`log-latency: round ${round + 1} of ${rounds}: p99 ${last.join(" beside ")} ms`);
    }
    const row = (key: "p50" | "p99") => {
      const samples = { ours: ours.map((w) => w[key]), reference: reference.map((w) => w[key]) };
      const bare = { name: "bare reader of Docker's endpoint", value: median(samples.reference) };
      return {
        name: `${key} at ${LINES_PER_SECOND} lines/s`,
        unit: "ms",
        value: median(samples.ours),
        reference: bare,
        samples,
      };
    };
    return [row("p50"), { ...row("p99"), target: { value: "atMost", bar: 50 } }];
  },
};

interface Window {
  p50: number;
  p99: number;
}

/** Takes the delay of each line, after a moment in which everything gets warm. */
class Stopwatch {
  readonly #from = Date.now() + WARM_UP_MS;
  readonly #delays: number[] = [];
  #last: number | null = null;

  see(text: string): void {
    const line = parseLine(text);
    if (!line) return;
    if (this.#last !== null)
      assert.equal(line.number, this.#last + 1, "a line was lost or repeated");
    this.#last = line.number;
    const now = Date.now();
    if (now >= this.#from) this.#delays.push(now - line.sentAt);
  }

  window(milliseconds: number): Window {
    const expected = (LINES_PER_SECOND * milliseconds) / 1000;
    assert.ok(this.#delays.length > expected * 0.9, `only ${this.#delays.length} lines came`);
    return { p50: quantile(this.#delays, 0.5), p99: quantile(this.#delays, 0.99) };
  }
}

async function listenToPanel({ client }: Panel, milliseconds: number): Promise<Window> {
  const stopwatch = new Stopwatch();
  const failed = Promise.withResolvers<never>();
  const subscription = client.instances.logs.subscribe(
    { id: ID, tail: 0 },
    {
      onData({ data }) {
        try {
          assert.equal(data.skipped, 0, "lines were skipped");
          for (const { text } of data.lines) stopwatch.see(text);
        } catch (error) {
          failed.reject(error);
        }
      },
      onError: failed.reject,
    },
  );
  try {
    await Promise.race([delay(WARM_UP_MS + milliseconds), failed.promise]);
  } finally {
    subscription.unsubscribe();
  }
  return stopwatch.window(milliseconds);
}

async function listenToDocker(milliseconds: number): Promise<Window> {
  const stopwatch = new Stopwatch();
  const decode = createFrameDecoder((_stream, bytes, start, end) => {
    // Docker prefixes each line with its time stamp and a space.
    stopwatch.see(bytes.toString("utf8", start, end - 1).slice(31));
  });
  const stop = new AbortController();
  const query = "stdout=1&stderr=1&timestamps=1&follow=1&tail=0";
  const stream = await openDockerStream(
    `/containers/${containerName(ID)}/logs?${query}`,
    stop.signal,
  );
  const failed = Promise.withResolvers<never>();
  stream.on("data", (chunk: Buffer) => {
    try {
      decode(chunk);
    } catch (error) {
      failed.reject(error);
    }
  });
  stream.on("error", (error) => {
    if (!stop.signal.aborted) failed.reject(error);
  });
  try {
    await Promise.race([delay(WARM_UP_MS + milliseconds), failed.promise]);
  } finally {
    stop.abort();
  }
  return stopwatch.window(milliseconds);
}
