import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { docker, STUB_IMAGE } from "./support/docker.ts";
import { DockerEvents, type Moment } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { panelEnv } from "./support/panel-process.ts";
import { deriveImage } from "./support/replacing.ts";
import { sampleOf, tellingSeed } from "./support/sample.ts";

const NEXT = "openclaw:claw-test-killed";
const IDS = ["steady", "anna"];
const CHILD = fileURLToPath(new URL("./support/replacing-child.ts", import.meta.url));

let place: DockerHome;
let data: string;
/** When the process of the instance that nobody touches was started. */
let steadyStart: string;
const seen = new Set<string>();

const imageId = (ref: string) => docker("image", "inspect", "--format", "{{.Id}}", ref);

const config = () => readConfig({ ...place.env, CLAW_LOG_LEVEL: "silent" });

beforeAll(async () => {
  place = await DockerHome.make(25_000, "10.218.34.0/24");
  await deriveImage(NEXT, "STUB_LOG_INTERVAL=4");
  await using app = await createApp(config());
  const { board } = app.context.runtime.live;
  await eventually(() => expect(board.isReachable()).toBe(true));
  for (const id of IDS) {
    await createInstance(app.context, { id, name: id, start: true });
    await board.until(id, (now) => now?.status === "running", AbortSignal.timeout(60_000));
  }
  await writeTree(place.home, "anna", "mine");
  data = await hashTree(place.home, "anna");
  steadyStart = (await place.inspect("steady")).State.StartedAt;
});
afterAll(async () => {
  await place?.[Symbol.asyncDispose]();
  await docker("image", "rm", NEXT).catch(() => undefined);
});

/** Kills a panel at `point` of the change to `image`, or right after it. */
async function killedAt(point: Moment | "the end", image: string): Promise<void> {
  const child = spawn(process.execPath, [CHILD, "anna", image], {
    env: panelEnv(place.env),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await using events = await DockerEvents.open("openclaw-anna");
    expect((await lines.next()).value).toBe("begins");
    if (point === "the end") expect((await lines.next()).value).toBe("is done");
    else await events.until(point);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

const POINTS: (Moment | "the end")[] = [
  1,
  25,
  75,
  150,
  "container kill",
  "container die",
  "container destroy",
  "container create",
  "container start",
  400,
  700,
  1_000,
  "the end",
];

test.each(sampleOf("replace", POINTS, 6))(
  "killed at %s of a change of the image: it is wholly the old one or the new one, and runs",
  tellingSeed(async (point) => {
    const before = await place.inspect("anna");
    const next = before.Config.Image === NEXT ? STUB_IMAGE : NEXT;
    await killedAt(point, next);
    await using app = await createApp(config());
    const { store, runtime } = app.context;
    const image = await eventually(async () => {
      expect(await store.listReplacements()).toEqual([]);
      for (const id of IDS) expect(runtime.live.board.get(id).status).toBe("running");
      return (await store.findInstance("anna"))?.image ?? "none";
    }, 60_000);
    const now = await place.inspect("anna");
    expect([before.Config.Image, next]).toContain(image);
    expect(now.Config.Image).toBe(image);
    expect(now.Image).toBe(await imageId(image));
    expect(now.State.Running).toBe(true);
    expect(await hashTree(place.home, "anna")).toBe(data);
    expect(await place.containers()).toEqual([...IDS].sort());
    expect((await place.inspect("steady")).State.StartedAt).toBe(steadyStart);
    seen.add(image === next ? "changed" : "as before");
  }),
);

test("both ends came about, or the kills were not spread", () => {
  expect([...seen].sort()).toEqual(["as before", "changed"]);
});
