import assert from "node:assert/strict";
import path from "node:path";
import { containerName } from "@claw/core/naming";
import type { Bench, BenchContext, Row } from "./bench.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import {
  composeDown,
  composeUp,
  createNetwork,
  describeReplica,
  furnish,
  makeByApi,
  type Replica,
  removeByHand,
  runContainer,
  shapeOf,
} from "./replica.ts";
import { median, rotated, timed } from "./statistics.ts";

const ID = "bench-create";

/** Create → started of a stub instance, beside the same by `docker` and by Compose. */
export const create: Bench = {
  name: "create",
  async run(context) {
    await using panel = await startPanel(context, { image: context.images.stub });
    const replica = await describeReplica(panel, ID, path.join(context.folder, "by-hand"));
    await requireSameShape(panel, replica);
    const ways = waysOf(context, panel, replica);
    const rounds = context.quick ? 3 : 21;
    for (let round = 0; round < rounds; round++) {
      for (const way of rotated(ways, round)) await way.once();
      context.say(`create: round ${round + 1} of ${rounds}`);
    }
    const samples = Object.fromEntries(ways.map(({ name, taken }) => [name, taken]));
    return rowsOf(samples as Samples);
  },
};

interface Way {
  name: keyof Samples;
  /** Milliseconds of each round. */
  taken: number[];
  once: () => Promise<void>;
}

type Samples = Record<
  "panel" | "network create + run" | "run" | "compose up" | "engine api",
  number[]
>;

function waysOf(context: BenchContext, panel: Panel, replica: Replica): Way[] {
  const run: number[] = [];
  const panelWay: Way = {
    name: "panel",
    taken: [],
    once: async () => {
      const { ms } = await timed(() => panel.client.instances.create.mutate({ id: ID, name: ID }));
      panelWay.taken.push(ms);
      await untilInstance(panel.client, ID, isRunning);
      await panel.client.instances.remove.mutate({ id: ID, deleteData: true });
    },
  };
  const dockerWay: Way = {
    name: "network create + run",
    taken: [],
    once: async () => {
      await furnish(replica);
      const network = await timed(() => createNetwork(replica));
      const container = await timed(() => runContainer(replica));
      dockerWay.taken.push(network.ms + container.ms);
      run.push(container.ms);
      await removeByHand(replica);
    },
  };
  const composeWay: Way = {
    name: "compose up",
    taken: [],
    once: async () => {
      await furnish(replica);
      composeWay.taken.push((await timed(() => composeUp(context.compose, replica))).ms);
      await composeDown(context.compose, replica);
    },
  };
  const apiWay: Way = {
    name: "engine api",
    taken: [],
    once: async () => {
      await furnish(replica);
      apiWay.taken.push((await timed(() => makeByApi(replica))).ms);
      await removeByHand(replica);
    },
  };
  return [
    panelWay,
    dockerWay,
    composeWay,
    apiWay,
    { name: "run", taken: run, once: async () => {} },
  ];
}

function rowsOf(samples: Samples): Row[] {
  const value = median(samples.panel);
  const against = (way: keyof Samples, name: string) => ({
    unit: "ms",
    value,
    reference: { name, value: median(samples[way]) },
    samples: { ours: samples.panel, reference: samples[way] },
    paired: true as const,
  });
  return [
    {
      name: "create → started",
      ...against("network create + run", "docker network create + docker run -d"),
      target: { ratio: "atMost", bar: 1.2 },
    },
    {
      name: "create → started",
      ...against("compose up", "Compose v2 up -d"),
      target: { ratio: "atMost", bar: 0.6 },
    },
    { name: "create → started", ...against("run", "docker run -d alone, network made before") },
    { name: "create → started", ...against("engine api", "three bare calls of the Engine API") },
  ];
}

/** The reference must be the same work: what both containers are made of is compared once. */
async function requireSameShape(panel: Panel, replica: Replica): Promise<void> {
  const name = containerName(ID);
  await panel.client.instances.create.mutate({ id: ID, name: ID });
  const ours = await shapeOf(name, panel.home);
  await untilInstance(panel.client, ID, isRunning);
  await panel.client.instances.remove.mutate({ id: ID, deleteData: true });
  await furnish(replica);
  await createNetwork(replica);
  await runContainer(replica);
  const byHand = await shapeOf(name, replica.home);
  await removeByHand(replica);
  assert.equal(byHand, ours, "docker run makes another container than the panel");
}
