import http from "node:http";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./bench.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import {
  createNetwork,
  describeReplica,
  furnish,
  type Replica,
  removeByHand,
  runContainer,
} from "./replica.ts";
import { median, rotated, timed } from "./statistics.ts";

const ID = "bench-openclaw";
const POLL_MS = 100;
const ANSWER_WITHIN_MS = 1_000;
const UP_WITHIN_MS = 180_000;

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
  await furnish(replica);
  const port = replica.project.services[ID]?.ports[0]?.hostPort;
  const { ms } = await timed(async () => {
    await createNetwork(replica);
    await runContainer(replica);
    await untilAnswering(`http://127.0.0.1:${port}/healthz`);
  });
  await removeByHand(replica);
  return ms;
}

async function untilAnswering(url: string): Promise<void> {
  const giveUpAt = performance.now() + UP_WITHIN_MS;
  while (!(await answers(url))) {
    if (performance.now() > giveUpAt) throw new Error(`${url} does not answer`);
    await delay(POLL_MS);
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const request = http.get(url, { agent: false, signal }, (response) => {
      resolve(response.statusCode === 200);
      response.destroy();
    });
    request.on("error", () => resolve(false));
  });
}
