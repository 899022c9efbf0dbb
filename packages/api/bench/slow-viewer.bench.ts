import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Row } from "./bench.ts";
import { writeTemplates } from "./bench-templates.ts";
import { parseLine, WRITER_COMMAND, writeWriter } from "./log-writer.ts";
import { type Panel, startPanel } from "./panel.ts";
import { type Usage, usageOver } from "./process-usage.ts";
import { StallingViewer } from "./stalling-viewer.ts";
import { median, quantile, rotated } from "./statistics.ts";

const ID = "bench-stall";
/** Long lines: 3.5 MB/s, so that 12 s are many times what the sockets of both sides hold. */
const WRITER = { linesPerSecond: 3_500, length: 1_000 };
const STALL_MS = 12_000;
const CATCH_UP_MS = 4_000;

interface Samples {
  /** Megabytes. */
  peak: number[];
  /** Milliseconds. */
  p99: number[];
  skipped: number[];
}

const noSamples = (): Samples => ({ peak: [], p99: [], skipped: [] });

/** A viewer that stops reading for 12 s, beside the same viewer reading on. */
export const slowViewer: Bench = {
  name: "slow-viewer",
  async run(context) {
    const templates = await writeTemplates(path.join(context.folder, "templates"), WRITER_COMMAND);
    await using panel = await startPanel(context, { image: context.images.openclaw, templates });
    await panel.client.instances.create.mutate({ id: ID, name: ID, start: false });
    await writeWriter(panel.home, ID, WRITER);
    await context.quietMoment();
    await panel.client.instances.start.mutate({ id: ID });
    const other = new OtherViewer(panel);
    await using viewer = await StallingViewer.open(panel, ID);
    const stalled = noSamples();
    const reading = noSamples();
    const rounds = context.quick ? 1 : 5;
    // The heap grows to its working size.
    await delay(context.quick ? 5_000 : 30_000);
    for (let round = 0; round < rounds; round++) {
      const stall = () => measure(stalled, panel, other, viewer, true);
      const read = () => measure(reading, panel, other, viewer, false);
      for (const each of rotated([read, stall], round)) await each();
      const last = [stalled, reading].map(
        ({ peak, p99 }) => `${peak.at(-1)?.toFixed(0)} MB, p99 ${p99.at(-1)} ms`,
      );
      context.say(`slow-viewer: round ${round + 1} of ${rounds}: ${last.join(" beside ")}`);
    }
    other.end();
    const account = await viewer.account();
    assert.deepEqual(account.faults, [], "the lines of the viewer that stalled");
    assert.equal(account.received + account.skipped, account.last - account.first + 1);
    return rowsOf(stalled, reading);
  },
};

async function measure(
  into: Samples,
  panel: Panel,
  other: OtherViewer,
  viewer: StallingViewer,
  stall: boolean,
): Promise<void> {
  other.restart();
  const before = stall ? await viewer.stall() : await viewer.account();
  const usage: Promise<Usage> = usageOver(panel.pid, STALL_MS + CATCH_UP_MS);
  await delay(STALL_MS);
  const during = stall ? await viewer.read() : await viewer.account();
  const came = during.received - before.received;
  const expected = (WRITER.linesPerSecond * STALL_MS) / 1000;
  if (stall) assert.ok(came < expected / 10, `the viewer did not stall: ${came} lines came`);
  into.p99.push(other.p99());
  into.peak.push((await usage).peakMegabytes);
  into.skipped.push((await viewer.account()).skipped - before.skipped);
}

function rowsOf(stalled: Samples, reading: Samples): Row[] {
  const peaks = { ours: stalled.peak, reference: reading.peak };
  const reads = "the same viewer reading on";
  return [
    {
      name: "memory more while a viewer stalls for 12 s",
      unit: "MB",
      value: median(stalled.peak) - median(reading.peak),
      target: { value: "atMost", bar: 20 },
      samples: peaks,
    },
    {
      name: "peak memory of the panel",
      unit: "MB",
      value: median(stalled.peak),
      reference: { name: reads, value: median(reading.peak) },
      samples: peaks,
    },
    {
      name: "p99 of another viewer meanwhile",
      unit: "ms",
      value: median(stalled.p99),
      reference: { name: reads, value: median(reading.p99) },
      target: { value: "atMost", bar: 50 },
      samples: { ours: stalled.p99, reference: reading.p99 },
    },
    {
      name: "lines skipped for the one that stalls, all accounted for",
      unit: "lines",
      value: median(stalled.skipped),
      samples: { ours: stalled.skipped, reference: reading.skipped },
    },
  ];
}

/** A viewer that always reads; every line must come to it once. */
class OtherViewer {
  #delays: number[] = [];
  #last: number | null = null;
  #fault: string | null = null;
  readonly #subscription: { unsubscribe: () => void };

  constructor({ client }: Panel) {
    this.#subscription = client.instances.logs.subscribe(
      { id: ID, tail: 0 },
      {
        onData: ({ data }) => {
          if (data.skipped > 0) this.#fault ??= `${data.skipped} lines were skipped`;
          for (const { text } of data.lines) this.#see(text);
        },
        onError: (error) => {
          this.#fault ??= error.message;
        },
      },
    );
  }

  #see(text: string): void {
    const line = parseLine(text);
    if (!line) return;
    if (this.#last !== null && line.number !== this.#last + 1)
      this.#fault ??= `line ${line.number} came after ${this.#last}`;
    this.#last = line.number;
    this.#delays.push(Date.now() - line.sentAt);
  }

  restart(): void {
    this.#delays = [];
  }

  p99(): number {
    assert.equal(this.#fault, null, "the other viewer");
    assert.ok(this.#delays.length > 0, "the other viewer got nothing");
    return quantile(this.#delays, 0.99);
  }

  end(): void {
    this.#subscription.unsubscribe();
  }
}
