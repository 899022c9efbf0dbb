import path from "node:path";
import type { Bench } from "./bench.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import {
  createNetwork,
  describeReplica,
  provision,
  type Replica,
  removeByHand,
  runContainer,
} from "./replica.ts";
import { median, rotated, timed } from "./statistics.ts";
import { untilAnswering } from "./until-answering.ts";

const ID = "bench-openclaw";

/** Create → `running` of the real OpenClaw, beside docker run → the first 200 of /healthz. */
export const openclaw: Bench = {
  name: "openclaw",
  async run(context) {
    await using panel = await startPanel(context, { image: context.images.openclaw });
    const replica = await describeReplica(panel, ID, path.join(context.folder, "by-hand"));
    const ours: number[] = [];
    const reference: number[] = [];
    const byPanel = async () => ours.push(await createByPanel(panel));
    const byHand = async () => reference.push(await createByHand(replica));
    const rounds = context.quick ? 1 : 7;
    for (let round = 0; round < rounds; round++) {
      for (const create of rotated([byPanel, byHand], round)) {
        await context.quietMoment();
        await create();
      }
      const last = [ours, reference].map((taken) => ((taken.at(-1) ?? 0) / 1000).toFixed(1));
      context.say(`openclaw: round ${round + 1} of ${rounds}: ${last.join(" beside ")} s`);
    }
    return [
      {
        name: "create → running",
        unit: "s",
        value: median(ours) / 1000,
        reference: {
          name: "docker network create + docker run -d → /healthz",
          value: median(reference) / 1000,
        },
        target: { ratio: "atMost", bar: 1.05 },
        samples: { ours, reference },
        paired: true,
      },
    ];
  },
};

async function createByPanel(panel: Panel): Promise<number> {
  const { ms } = await timed(async () => {
    const running = untilInstance(panel.client, ID, isRunning);
    await panel.client.instances.create.mutate({ id: ID, name: ID });
    await running;
  });
  await panel.client.instances.remove.mutate({ id: ID, deleteData: true });
  return ms;
}

async function createByHand(replica: Replica): Promise<number> {
  await provision(replica);
  const port = replica.project.services[ID]?.ports[0]?.hostPort;
  const { ms } = await timed(async () => {
    await createNetwork(replica);
    await runContainer(replica);
    await untilAnswering(`http://127.0.0.1:${port}/healthz`);
  });
  await removeByHand(replica);
  return ms;
}
