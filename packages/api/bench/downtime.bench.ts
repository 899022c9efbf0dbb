import { rm } from "node:fs/promises";
import path from "node:path";
import { containerName } from "@claw/core/naming";
import { type DataSize, makeArchiveData } from "./archive-data.ts";
import type { Bench } from "./bench.ts";
import { docker, execute } from "./docker.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import { median, rotated, timed } from "./statistics.ts";
import { untilAnswering } from "./until-answering.ts";

const ID = "bench-downtime";
const SIZE: DataSize = { small: 5_000, medium: 10, large: 25_000_000 };
const QUICK_SIZE: DataSize = { small: 200, medium: 1, large: 1_000_000 };

/** For how long a backup takes the real OpenClaw down, beside a stop, a copy and a start by hand. */
export const downtime: Bench = {
  name: "downtime",
  async run(context) {
    await using panel = await startPanel(context, { image: context.images.openclaw });
    const running = untilInstance(panel.client, ID, isRunning);
    await panel.client.instances.create.mutate({ id: ID, name: ID });
    await running;
    const data = path.join(panel.home, "instances", ID, "data", "workspace");
    await makeArchiveData(data, context.quick ? QUICK_SIZE : SIZE);
    const ours: number[] = [];
    const reference: number[] = [];
    const byPanel = async () => ours.push(await downByBackup(panel));
    const byHand = async () => reference.push(await downByHand(panel));
    const rounds = context.quick ? 1 : 7;
    for (let round = 0; round < rounds; round++) {
      for (const once of rotated([byPanel, byHand], round)) {
        await context.quietMoment();
        await once();
      }
      const last = [ours, reference].map((taken) => ((taken.at(-1) ?? 0) / 1000).toFixed(1));
      context.say(`downtime: round ${round + 1} of ${rounds}: ${last.join(" beside ")} s`);
    }
    return [
      {
        name: "down for a backup",
        unit: "s",
        value: median(ours) / 1000,
        reference: {
          name: "docker stop + cp -a + docker start → /healthz",
          value: median(reference) / 1000,
        },
        target: { ratio: "atMost", bar: 1.2 },
        samples: { ours, reference },
        paired: true,
      },
    ];
  },
};

/** Milliseconds, as the panel measures and shows them. */
async function downByBackup({ client }: Panel): Promise<number> {
  const begun = await client.backups.create.mutate({});
  for await (const event of client.jobs.watch.subscribe()) {
    const jobs = event.type === "snapshot" ? event.jobs : [event.job];
    const job = jobs.find(({ id, finishedAt }) => id === begun.id && finishedAt !== null);
    if (!job) continue;
    const down = job.detail?.instances[0]?.downMs;
    if (job.status !== "succeeded" || !down)
      throw new Error(`the backup ${job.status}: ${job.error?.message}`);
    for (const { id } of await client.backups.list.query())
      await client.backups.remove.mutate({ id });
    return down;
  }
  throw new Error("the panel ended before the backup did");
}

async function downByHand({ client, home }: Panel): Promise<number> {
  const { port } = await client.instances.get.query({ id: ID });
  const copy = path.join(home, "copy-by-hand");
  const { ms } = await timed(async () => {
    await docker("stop", containerName(ID));
    await execute("cp", ["-a", path.join(home, "instances", ID), copy]);
    await docker("start", containerName(ID));
    await untilAnswering(`http://127.0.0.1:${port}/healthz`);
  });
  await rm(copy, { recursive: true });
  await untilInstance(client, ID, isRunning);
  return ms;
}
