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
  makeByApi,
  provision,
  type Replica,
  removeByHand,
  runContainer,
  shapeOf,
} from "./replica.ts";
import { median, rotated, timed } from "./statistics.ts";

const ID = "bench-create";

/** Create → started of a stub instance, beside the same by `docker`, Compose and the bare API. */
export const create: Bench = {
  name: "create",
  async run(context) {
    await using panel = await startPanel(context, { image: context.images.stub });
    const replica = await describeReplica(panel, ID, path.join(context.folder, "by-hand"));
    await requireSameShape(panel, replica);
    const samples: Samples = { panel: [], docker: [], run: [], compose: [], api: [] };
    const ways = waysOf(context, panel, replica, samples);
    const rounds = context.quick ? 3 : 21;
    for (let round = 0; round < rounds; round++) {
      for (const once of rotated(ways, round)) {
        await context.quietMoment();
        await once();
      }
      const last = Object.entries(samples).map(
        ([way, taken]) => `${way} ${taken.at(-1)?.toFixed(0)}`,
      );
      context.say(`create: round ${round + 1} of ${rounds}: ${last.join(", ")} ms`);
    }
    return rowsOf(samples);
  },
};

/** Milliseconds of each round. */
type Samples = Record<"panel" | "docker" | "run" | "compose" | "api", number[]>;

function waysOf(context: BenchContext, panel: Panel, replica: Replica, samples: Samples) {
  const byPanel = async () => {
    const { ms } = await timed(() => panel.client.instances.create.mutate({ id: ID, name: ID }));
    samples.panel.push(ms);
    await untilInstance(panel.client, ID, isRunning);
    await panel.client.instances.remove.mutate({ id: ID, deleteData: true });
  };
  const byDocker = async () => {
    await provision(replica);
    const network = await timed(() => createNetwork(replica));
    const container = await timed(() => runContainer(replica));
    samples.docker.push(network.ms + container.ms);
    samples.run.push(container.ms);
    await removeByHand(replica);
  };
  const byCompose = async () => {
    await provision(replica);
    samples.compose.push((await timed(() => composeUp(context.compose, replica))).ms);
    await composeDown(context.compose, replica);
  };
  const byApi = async () => {
    await provision(replica);
    samples.api.push((await timed(() => makeByApi(replica))).ms);
    await removeByHand(replica);
  };
  return [byPanel, byDocker, byCompose, byApi];
}

function rowsOf(samples: Samples): Row[] {
  const against = (way: keyof Samples, name: string): Row => ({
    name: "create → started",
    unit: "ms",
    value: median(samples.panel),
    reference: { name, value: median(samples[way]) },
    samples: { ours: samples.panel, reference: samples[way] },
    paired: true,
  });
  return [
    {
      ...against("docker", "docker network create + docker run -d"),
      target: { ratio: "atMost", bar: 1.2 },
    },
    { ...against("compose", "Compose v2 up -d"), target: { ratio: "atMost", bar: 0.6 } },
    against("run", "docker run -d alone, network made before"),
    against("api", "three bare calls of the Engine API"),
  ];
}

/** The reference must be the same work: what both containers are made of is compared once. */
async function requireSameShape(panel: Panel, replica: Replica): Promise<void> {
  const name = containerName(ID);
  await panel.client.instances.create.mutate({ id: ID, name: ID });
  const ours = await shapeOf(name, panel.home);
  await untilInstance(panel.client, ID, isRunning);
  await panel.client.instances.remove.mutate({ id: ID, deleteData: true });
  await provision(replica);
  await createNetwork(replica);
  await runContainer(replica);
  const byHand = await shapeOf(name, replica.home);
  await removeByHand(replica);
  assert.equal(byHand, ours, "docker run makes another container than the panel");
}
