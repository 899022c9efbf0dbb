import assert from "node:assert/strict";
import path from "node:path";
import { formatCursor, LOG_START } from "@claw/core/log-cursor";
import { containerName } from "@claw/core/naming";
import type { Bench } from "./bench.ts";
import { writeTemplates } from "./bench-templates.ts";
import { docker, execute, SOCKET } from "./docker.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import { cpuSeconds } from "./process-usage.ts";
import { median, rotated, timed } from "./statistics.ts";

const ID = "bench-burst";

/** Lines from Docker's log to a Node client over WebSocket, beside curl of Docker's log endpoint. */
export const logThroughput: Bench = {
  name: "log-throughput",
  async run(context) {
    const count = context.quick ? 50_000 : 1_000_000;
    const templates = await writeTemplates(path.join(context.folder, "templates"));
    await using panel = await startPanel(context, { image: context.images.stub, templates });
    await writeLog(panel, count);
    const ours: number[] = [];
    const reference: number[] = [];
    const cpu: number[] = [];
    const byPanel = async () => {
      const before = await cpuSeconds(panel.pid);
      const { ms } = await timed(() => readByPanel(panel, count));
      cpu.push((await cpuSeconds(panel.pid)) - before);
      ours.push(count / (ms / 1000));
    };
    const byCurl = async () => {
      const { ms } = await timed(readByCurl);
      reference.push(count / (ms / 1000));
    };
    const rounds = context.quick ? 2 : 7;
    for (let round = 0; round < rounds; round++) {
      for (const read of rotated([byPanel, byCurl], round)) {
        await context.quietMoment();
        await read();
      }
      const last = [ours, reference].map((taken) => taken.at(-1)?.toFixed(0));
      context.say(
        `log-throughput: round ${round + 1} of ${rounds}: ${last.join(" beside ")} lines/s`,
      );
    }
    return [
      {
        name: `${count.toLocaleString("en")} lines over WebSocket`,
        unit: "lines/s",
        value: median(ours),
        reference: { name: "curl, timestamps=1", value: median(reference) },
        target: { ratio: "atLeast", bar: 0.8 },
        samples: { ours, reference },
        paired: true,
      },
      { name: "CPU of the panel", unit: "s", value: median(cpu), samples: { cpu } },
    ];
  },
};

/** Has the stub write `count` numbered lines and stops it, so that every reader finds the same. */
async function writeLog({ client }: Panel, count: number): Promise<void> {
  await client.instances.create.mutate({ id: ID, name: ID, start: false });
  const { text, revision } = await client.instances.readConfig.query({ id: ID });
  const switched = `${text}\n// STUB_LOG_BURST:${count}\n`;
  await client.instances.saveConfig.mutate({ id: ID, text: switched, revision });
  await client.instances.start.mutate({ id: ID });
  await untilInstance(client, ID, isRunning);
  await client.instances.stop.mutate({ id: ID });
}

/** Reads the whole log from its start; every line must come once, in order. */
function readByPanel({ client }: Panel, count: number): Promise<void> {
  let last = 0;
  return new Promise((resolve, reject) => {
    const input = { id: ID, lastEventId: formatCursor(LOG_START) };
    const subscription = client.instances.logs.subscribe(input, {
      onData({ data }) {
        try {
          assert.equal(data.skipped, 0, "lines were skipped");
          for (const { text } of data.lines) {
            if (!text.startsWith("burst ")) continue;
            last += 1;
            assert.equal(text, `burst ${last}`, "a line was lost or repeated");
          }
        } catch (error) {
          subscription.unsubscribe();
          reject(error);
        }
        if (last < count) return;
        subscription.unsubscribe();
        resolve();
      },
      onError: reject,
    });
  });
}

async function readByCurl(): Promise<void> {
  const container = await docker("inspect", "--format", "{{.Id}}", containerName(ID));
  const query = "stdout=1&stderr=1&timestamps=1&follow=1";
  const size = await execute("curl", [
    ...["--silent", "--show-error", "--fail", "--no-buffer"],
    ...["--unix-socket", SOCKET, "--output", "/dev/null", "--write-out", "%{size_download}"],
    `http://docker/containers/${container}/logs?${query}`,
  ]);
  assert.ok(Number(size) > 0, "curl read nothing");
}
