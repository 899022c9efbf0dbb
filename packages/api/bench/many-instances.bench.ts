import { setTimeout as delay } from "node:timers/promises";
import type { Instance } from "@claw/core/instance";
import { containerName, LABEL } from "@claw/core/naming";
import { boundedMap } from "../src/engine/docker/bounded-map.ts";
import { jsonLines } from "../src/engine/docker/json-lines.ts";
import type { Bench, BenchContext, Row } from "./bench.ts";
import { callDocker, docker, openDockerStream, sweep } from "./docker.ts";
import { type Panel, startPanel } from "./panel.ts";
import { type Usage, usageOver } from "./process-usage.ts";
import { median, quantile, timed } from "./statistics.ts";

/** Creations at a time: Docker itself takes them one after the other for the most part. */
const PARALLEL = 4;
const VISIBLE_WITHIN_MS = 30_000;

/** 200 instances: list, idle cost, and how soon an outside kill shows. */
export const manyInstances: Bench = {
  name: "many-instances",
  async run(context) {
    const count = context.quick ? 12 : 200;
    const idleMs = context.quick ? 5_000 : 60_000;
    await using panel = await startPanel(context, { image: context.images.stub });
    const watcher = new Watcher(panel);
    try {
      await delay(context.quick ? 1_000 : 10_000);
      await context.quietMoment();
      const empty = await usageOver(panel.pid, idleMs / 2);
      const brought = await timed(() => bringUp(context, panel, watcher, count));
      // Docker's own health checks decide within their interval, each with an event.
      await delay(context.quick ? 16_000 : 45_000);
      const idle = await usageOver(panel.pid, idleMs);
      context.say(`many-instances: idle for ${idleMs / 1000} s`);
      const listed = await measureLists(panel, context.quick ? 20 : 200);
      const previews = await measurePreviews(panel, count, context.quick ? 2 : 10);
      const kills = await measureKills(watcher, count, context.quick ? 3 : 10);
      return rowsOf({ count, empty, idle, listed, previews, kills, bringUpMs: brought.ms });
    } finally {
      watcher.end();
      await panel[Symbol.asyncDispose]();
      await sweep(context.folder);
    }
  },
};

const idOf = (index: number) => `bench-${String(index).padStart(3, "0")}`;

async function bringUp(
  context: BenchContext,
  { client }: Panel,
  watcher: Watcher,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  let made = 0;
  await boundedMap(ids, PARALLEL, async (id) => {
    await client.instances.create.mutate({ id, name: id, start: false });
    made += 1;
    if (made % 20 === 0) context.say(`many-instances: ${made} of ${count} made`);
  });
  await boundedMap(ids, PARALLEL, (id) => client.instances.start.mutate({ id }));
  for (const id of ids) await watcher.until(id, ({ status }) => status === "running", 900_000);
  context.say(`many-instances: ${count} run`);
}

interface Lists {
  ours: number[];
  reference: number[];
}

async function measureLists({ client, home }: Panel, times: number): Promise<Lists> {
  const lists: Lists = { ours: [], reference: [] };
  const filters = encodeURIComponent(JSON.stringify({ label: [`${LABEL.home}=${home}`] }));
  for (let time = 0; time < times; time++) {
    lists.ours.push((await timed(() => client.instances.list.query())).ms);
    const path = `/containers/json?all=1&filters=${filters}`;
    lists.reference.push((await timed(() => callDocker("GET", path))).ms);
  }
  return lists;
}

/** The preview of a change of all configurations, once their schema is at hand. */
async function measurePreviews({ client }: Panel, count: number, times: number) {
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  const patch = { logging: { level: "debug" } };
  const preview = () => client.configRollouts.preview.query({ ids, patch });
  await preview();
  const previews: number[] = [];
  for (let time = 0; time < times; time++) previews.push((await timed(preview)).ms);
  return previews;
}

/** From before `docker kill` is called until a watching client is told. */
async function measureKills(watcher: Watcher, count: number, times: number) {
  const kills: Lists = { ours: [], reference: [] };
  for (let time = 0; time < times; time++) {
    const id = idOf(Math.floor((time * count) / times));
    const died = untilDied(id);
    await delay(1_000);
    const before = performance.now();
    const seen = watcher
      .until(id, ({ status }) => status === "error", VISIBLE_WITHIN_MS)
      .then(() => kills.ours.push(performance.now() - before));
    const told = died.then((at) => kills.reference.push(at - before));
    await docker("kill", containerName(id));
    await Promise.all([seen, told]);
  }
  return kills;
}

/** When Docker's own event stream told that the container of `id` died. */
async function untilDied(id: string): Promise<number> {
  const stop = new AbortController();
  const filters = JSON.stringify({ container: [containerName(id)], event: ["die"] });
  const stream = await openDockerStream(
    `/events?filters=${encodeURIComponent(filters)}`,
    AbortSignal.any([stop.signal, AbortSignal.timeout(VISIBLE_WITHIN_MS)]),
  );
  for await (const _ of jsonLines(stream)) {
    const at = performance.now();
    stream.on("error", () => {});
    stop.abort();
    return at;
  }
  throw new Error("Docker's event stream ended");
}

interface Results {
  count: number;
  empty: Usage;
  idle: Usage;
  listed: Lists;
  previews: number[];
  kills: Lists;
  bringUpMs: number;
}

function rowsOf({ count, empty, idle, listed, previews, kills, bringUpMs }: Results): Row[] {
  const nothing = "the same panel without instances";
  return [
    {
      name: `list of ${count}, p95`,
      unit: "ms",
      value: quantile(listed.ours, 0.95),
      reference: { name: "Docker's own list", value: quantile(listed.reference, 0.95) },
      target: { value: "atMost", bar: 50 },
      samples: { ...listed },
    },
    {
      name: `preview of a roll-out to ${count}, median`,
      unit: "ms",
      value: median(previews),
      target: { value: "atMost", bar: 3_000 },
      samples: { ours: previews },
    },
    {
      name: `idle panel with ${count}, CPU of a core`,
      unit: "%",
      value: idle.cpuPercent,
      reference: { name: nothing, value: empty.cpuPercent },
      target: { value: "atMost", bar: 2 },
    },
    {
      name: `idle panel with ${count}, peak memory`,
      unit: "MB",
      value: idle.peakMegabytes,
      reference: { name: nothing, value: empty.peakMegabytes },
      target: { value: "atMost", bar: 250 },
    },
    {
      name: `docker kill → told on watch, p95 of ${kills.ours.length}`,
      unit: "ms",
      value: quantile(kills.ours, 0.95),
      reference: { name: "Docker's own event", value: quantile(kills.reference, 0.95) },
      target: { value: "atMost", bar: 1_000 },
      samples: { ...kills },
    },
    {
      name: "docker kill → told on watch, median",
      unit: "ms",
      value: median(kills.ours),
      reference: { name: "Docker's own event", value: median(kills.reference) },
    },
    { name: `bringing up ${count}`, unit: "s", value: bringUpMs / 1000 },
  ];
}

interface Wait {
  holds: (instance: Instance) => boolean;
  resolve: () => void;
}

/** One watch subscription, as a page has it. */
class Watcher {
  readonly #instances = new Map<string, Instance>();
  readonly #waits = new Map<string, Wait>();
  readonly #subscription: { unsubscribe: () => void };

  constructor({ client }: Panel) {
    this.#subscription = client.instances.watch.subscribe(undefined, {
      onData: (event) => {
        if (event.type === "snapshot") for (const each of event.instances) this.#see(each);
        if (event.type === "changed") this.#see(event.instance);
      },
    });
  }

  #see(instance: Instance): void {
    this.#instances.set(instance.id, instance);
    const wait = this.#waits.get(instance.id);
    if (wait?.holds(instance)) wait.resolve();
  }

  async until(
    id: string,
    holds: (instance: Instance) => boolean,
    milliseconds: number,
  ): Promise<void> {
    const now = this.#instances.get(id);
    if (now && holds(now)) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waits.set(id, { holds, resolve });
    const late = () => {
      const { status, statusReason } = this.#instances.get(id) ?? {};
      reject(new Error(`${id} is ${status} (${statusReason}) after ${milliseconds} ms`));
    };
    const timer = setTimeout(late, milliseconds);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waits.delete(id);
    }
  }

  end(): void {
    this.#subscription.unsubscribe();
  }
}
