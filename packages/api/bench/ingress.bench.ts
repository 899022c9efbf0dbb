import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Job } from "@claw/core/job";
import { type ClawClient, createClawClient } from "../src/client.ts";
import { makeArchiveData } from "./archive-data.ts";
import type { Bench, BenchContext, Row } from "./bench.ts";
import { writeTemplates } from "./bench-templates.ts";
import type { WriterOptions } from "./log-writer.ts";
import { ASSET_BYTES, PAGE_COMMAND, startPlainServer, writePageServer } from "./page-server.ts";
import { isRunning, type Panel, startPanel, untilInstance } from "./panel.ts";
import { usageOver } from "./process-usage.ts";
import { StallingViewer } from "./stalling-viewer.ts";
import { median, quantile, rotated } from "./statistics.ts";
import { type Visit, visit, visitInstance } from "./visit.ts";

const ID = "bench-page";
const FLOODED = "bench-flooded";
const PACKED = "bench-packed";
const FLOOD = { linesPerSecond: 3_500, length: 200 };
const SOCKETS = 200;
const PASSWORD = "lobsters that look in";
const ASK_EVERY_MS = 10;
const MESSAGE = Buffer.alloc(100, "x");

/** The way of an instance's page through the panel with TLS, beside a plain server and the container itself. */
export const ingress: Bench = {
  name: "ingress",
  async run(context) {
    const templates = await writeTemplates(path.join(context.folder, "templates"), PAGE_COMMAND);
    await using panel = await startPanel(context, {
      image: context.images.openclaw,
      templates,
      env: { CLAW_INSTANCE_DOMAIN: "internal" },
    });
    const { port } = await runServer(panel, ID);
    await using plain = await startPlainServer(context.folder);
    using through = await visitInstance(panel, ID);
    using direct = visit({ port });
    using beside = visit(plain);
    const crowd = await signInMany(panel, context.quick ? 10 : 50);
    return [
      ...(await measureAssets(context, through, beside)),
      await measureCrowd(context, crowd, beside),
      await measureEchoes(context, through, direct),
      await measureIdleSockets(context, panel, crowd),
      await measureUpload(context, panel, through),
      await measureWhilePacking(context, panel, { through, direct }),
    ];
  },
};

async function runServer(panel: Panel, id: string, options?: { floods: WriterOptions }) {
  const running = untilInstance(panel.client, id, isRunning);
  await panel.client.instances.create.mutate({ id, name: id, start: false });
  await writePageServer(panel.home, id, options);
  await panel.client.instances.start.mutate({ id });
  return running;
}

async function measureAssets(context: BenchContext, ours: Visit, plain: Visit): Promise<Row[]> {
  const taken = { ours: [] as number[], reference: [] as number[] };
  const firstBytes = { ours: [] as number[], reference: [] as number[] };
  const fetch = (from: Visit, into: "ours" | "reference") => async () => {
    const { status, firstByteMs, ms } = await from.get("/asset");
    assert.equal(status, 200);
    taken[into].push(ASSET_BYTES / 1000 / ms);
    firstBytes[into].push(firstByteMs);
  };
  const both = [fetch(ours, "ours"), fetch(plain, "reference")];
  await context.quietMoment();
  for (let round = 0; round < (context.quick ? 5 : 100); round++)
    for (const each of rotated(both, round)) await each();
  const reference = "a plain server with TLS";
  return [
    {
      name: `an asset of ${ASSET_BYTES / 1e6} MB`,
      unit: "MB/s",
      value: median(taken.ours),
      reference: { name: reference, value: median(taken.reference) },
      target: { ratio: "atLeast", bar: 0.5 },
      samples: taken,
      paired: true,
    },
    {
      name: "its first byte later than from a plain server by",
      unit: "ms",
      value: median(firstBytes.ours) - median(firstBytes.reference),
      target: { value: "atMost", bar: 5 },
      samples: firstBytes,
    },
  ];
}

/** Everybody loads the page at once, as after a restart of the panel. */
async function measureCrowd(context: BenchContext, crowd: Visit[], plain: Visit): Promise<Row> {
  const samples = { ours: [] as number[], reference: [] as number[] };
  const all = (visits: Visit[], into: "ours" | "reference") => async () => {
    const begun = performance.now();
    const answers = await Promise.all(visits.map((each) => each.get("/asset")));
    for (const { status } of answers) assert.equal(status, 200);
    samples[into].push(performance.now() - begun);
  };
  const asMany = crowd.map(() => plain);
  const both = [all(crowd, "ours"), all(asMany, "reference")];
  await context.quietMoment();
  for (let round = 0; round < (context.quick ? 2 : 20); round++)
    for (const each of rotated(both, round)) await each();
  return {
    name: `until the last of ${crowd.length} users at once has the asset`,
    unit: "ms",
    value: median(samples.ours),
    reference: { name: "as many at a plain server with TLS", value: median(samples.reference) },
    target: { ratio: "atMost", bar: 2 },
    samples,
    paired: true,
  };
}

async function measureEchoes(context: BenchContext, ours: Visit, direct: Visit): Promise<Row> {
  const samples = { ours: [] as number[], reference: [] as number[] };
  const through = await ours.webSocket();
  const straight = await direct.webSocket();
  await context.quietMoment();
  for (let round = 0; round < (context.quick ? 100 : 5_000); round++) {
    samples.ours.push(await echo(through));
    samples.reference.push(await echo(straight));
  }
  for (const socket of [through, straight]) socket.destroy();
  return {
    name: "p99 of a WebSocket's echo later than from the container by",
    unit: "ms",
    value: quantile(samples.ours, 0.99) - quantile(samples.reference, 0.99),
    target: { value: "atMost", bar: 3 },
    samples,
  };
}

/** Milliseconds until all of a message came back. */
async function echo(socket: Socket): Promise<number> {
  const begun = performance.now();
  socket.write(MESSAGE);
  for (let left = MESSAGE.length; left > 0; ) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    left -= chunk.length;
  }
  return performance.now() - begun;
}

/** The sockets of many operators. */
async function measureIdleSockets(
  context: BenchContext,
  panel: Panel,
  crowd: Visit[],
): Promise<Row> {
  const over = context.quick ? 2_000 : 10_000;
  await delay(over);
  const before = await usageOver(panel.pid, over);
  const sockets: Socket[] = [];
  for (const each of crowd)
    for (let count = 0; count < SOCKETS / crowd.length; count++)
      sockets.push(await each.webSocket());
  await delay(over);
  const after = await usageOver(panel.pid, over);
  for (const socket of sockets) assert.ok((await echo(socket)) > 0, "a socket is gone");
  for (const socket of sockets) socket.destroy();
  for (const each of crowd) each[Symbol.dispose]();
  return {
    name: `memory more with ${sockets.length} idle WebSockets`,
    unit: "MB",
    value: after.medianMegabytes - before.medianMegabytes,
    reference: { name: "before", value: before.medianMegabytes },
    target: { value: "atMost", bar: 40 },
  };
}

/**
 * A large upload passes as it comes: how much memory the panel takes for it. The bar is for the
 * buffers that Node reads into until they are collected, whatever the size of the upload.
 */
async function measureUpload(context: BenchContext, panel: Panel, ours: Visit): Promise<Row> {
  const bytes = context.quick ? 200_000_000 : 2_000_000_000;
  const before = await usageOver(panel.pid, 2_000);
  let isOver = false;
  const uploading = ours.upload(bytes).finally(() => {
    isOver = true;
  });
  let peak = 0;
  while (!isOver) peak = Math.max(peak, (await usageOver(panel.pid, 200)).peakMegabytes);
  assert.equal((await uploading).status, 200);
  return {
    name: `memory more at most while ${bytes / 1e9} GB are uploaded`,
    unit: "MB",
    value: peak - before.medianMegabytes,
    reference: { name: "before", value: before.medianMegabytes },
    target: { value: "atMost", bar: 100 },
  };
}

/** Operators, each with a session of their own at the instance. */
async function signInMany(panel: Panel, count: number): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (let number = 0; number < count; number++)
    visits.push(await visitInstance(await signInAnother(panel, `operator${number}`), ID));
  return visits;
}

async function signInAnother({ client, url }: Panel, username: string) {
  const user = { username, displayName: username, role: "operator" as const, password: PASSWORD };
  await client.users.create.mutate(user);
  const login = { username, password: PASSWORD };
  const { token } = await createClawClient({ url }).auth.login.mutate(login);
  return { url, client: createClawClient({ url, token }) };
}

/** Requests while a backup packs and a viewer reads the log of a container that floods it. */
async function measureWhilePacking(
  context: BenchContext,
  panel: Panel,
  { through, direct }: { through: Visit; direct: Visit },
): Promise<Row> {
  const { client } = panel;
  await client.instances.create.mutate({ id: PACKED, name: PACKED, start: false });
  const size = context.quick
    ? { small: 500, medium: 2, large: 10_000_000 }
    : { small: 20_000, medium: 40, large: 250_000_000 };
  await runServer(panel, FLOODED, { floods: FLOOD });
  await using viewer = await StallingViewer.open(panel, FLOODED);
  await makeArchiveData(path.join(panel.home, "instances", PACKED, "data", "workspace"), size);
  await context.quietMoment();
  const samples = { ours: [] as number[], reference: [] as number[] };
  const { id } = await client.backups.create.mutate({ instanceIds: [PACKED] });
  const job = watchJob(client, id);
  while (job.status === null || job.status === "queued" || job.status === "running") {
    samples.ours.push((await through.get("/")).ms);
    samples.reference.push((await direct.get("/")).ms);
    await delay(ASK_EVERY_MS);
  }
  assert.equal(job.status, "succeeded");
  const { received, faults } = await viewer.account();
  assert.ok(received > 0, "no line of the flood came");
  assert.deepEqual(faults, []);
  return {
    name: "p99 of a request while a backup packs and a log floods",
    unit: "ms",
    value: quantile(samples.ours, 0.99),
    reference: { name: "the same from the container", value: quantile(samples.reference, 0.99) },
    target: { value: "atMost", bar: 20 },
    samples,
  };
}

/** Follows a job until it ends. */
function watchJob({ jobs }: ClawClient, id: string): { status: Job["status"] | null } {
  const seen: { status: Job["status"] | null } = { status: null };
  const subscription = jobs.watch.subscribe(undefined, {
    onData(event) {
      const job = event.type === "snapshot" ? event.jobs.find((each) => each.id === id) : event.job;
      if (job?.id !== id) return;
      seen.status = job.status;
      if (job.finishedAt !== null) subscription.unsubscribe();
    },
  });
  return seen;
}
