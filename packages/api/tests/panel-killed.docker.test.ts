import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerEvents, type Moment } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { sampleOf, tellingSeed } from "./support/sample.ts";

let place: DockerHome;
let panel: PanelProcess;
/** When the process of the instance that nobody touches was started. */
let steadyStart: string;

const instances = () => panel.client.instances;
const statusOf = async (id: string) => (await instances().get.query({ id })).status;
const until = (id: string, status: string) =>
  eventually(async () => expect(await statusOf(id)).toBe(status), 40_000);

beforeAll(async () => {
  place = await DockerHome.make(23_300, "10.218.2.0/24");
  panel = await PanelProcess.start(place.env);
  await instances().create.mutate({ id: "steady", name: "Steady" });
  await until("steady", "running");
  steadyStart = (await place.inspect("steady")).State.StartedAt;
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

/** Kills the panel at `moment` of what `act` begins, and starts it again. */
async function killedAt(moment: Moment, id: string, act: () => Promise<unknown>): Promise<void> {
  await using events = await DockerEvents.open(`openclaw-${id}`);
  act().catch(() => undefined);
  await events.until(moment);
  await panel.kill();
  panel = await PanelProcess.start(place.env);
}

/** All traces of an instance: container, network, folder, record. */
async function traces(id: string) {
  const listed = (await instances().list.query()).find((each) => each.id === id);
  return {
    status: listed?.status ?? null,
    container: (await place.containers()).includes(id),
    network: (await place.networks()).includes(`openclaw-${id}`),
    folder: (await place.folders()).includes(id),
    composed: (await place.composed()).includes(id),
  };
}

const whole = (status: string) => ({
  status,
  container: true,
  network: true,
  folder: true,
  composed: true,
});
const gone = { status: null, container: false, network: false, folder: false, composed: false };

/** Waits until nothing of the work is half done; tells how it ended. */
async function outcome(id: string, status: string): Promise<"whole" | "gone"> {
  return eventually(async () => {
    const now = await traces(id);
    if (now.status === null) {
      expect(now).toEqual(gone);
      return "gone";
    }
    expect(now).toEqual(whole(status));
    return "whole";
  }, 40_000);
}

async function nothingElseHappened(): Promise<void> {
  const { State: state, RestartCount } = await place.inspect("steady");
  expect({ ...state, RestartCount }).toMatchObject({
    Running: true,
    StartedAt: steadyStart,
    RestartCount: 0,
  });
  expect((await place.folders()).filter((name) => name.startsWith("."))).toEqual([]);
  const { orphans } = await panel.client.system.status.query();
  expect(orphans).toEqual([]);
  await until("steady", "running");
}

describe("the panel is killed while it makes an instance", () => {
  const moments: Moment[] = [
    5,
    40,
    120,
    "network create",
    "container create",
    "container start",
    1_500,
  ];
  test.each(sampleOf("make", moments, 4))(
    "at %s: it is wholly there, or wholly gone",
    tellingSeed(async (moment) => {
      const id = `made-${moments.indexOf(moment)}`;
      await killedAt(moment, id, () => instances().create.mutate({ id, name: id }));
      const end = await outcome(id, "running");
      if (end === "whole") {
        const { text } = await instances().readConfig.query({ id });
        const { port } = await instances().get.query({ id });
        expect(text).toContain(`http://localhost:${port}`);
        expect((await place.inspect(id)).HostConfig.PortBindings).toEqual({
          "18789/tcp": [{ HostIp: "127.0.0.1", HostPort: String(port) }],
        });
        await instances().remove.mutate({ id, deleteData: true });
      }
      await nothingElseHappened();
    }),
  );
});

describe("the panel is killed while it starts an instance", () => {
  const moments: Moment[] = [2, 25, 60, "container start", 700];
  test.each(sampleOf("start", moments, 3))(
    "at %s: it runs, or the wish was never heard",
    tellingSeed(async (moment) => {
      const id = "started";
      if (!(await place.folders()).includes(id))
        await instances().create.mutate({ id, name: id, start: false });
      await instances().stop.mutate({ id });
      await killedAt(moment, id, () => instances().start.mutate({ id }));
      await eventually(async () => {
        const { desired, status } = await instances().get.query({ id });
        const settled = desired === "running" ? ["running"] : ["stopped", "created"];
        expect(settled).toContain(status);
        expect((await place.inspect(id)).State.Running).toBe(desired === "running");
      }, 40_000);
      await nothingElseHappened();
    }),
  );
});

describe("the panel is killed while it restarts an instance", () => {
  const moments: Moment[] = [2, 30, "container die", "container start", 300];
  test.each(sampleOf("restart", moments, 3))(
    "at %s: what ran runs again",
    tellingSeed(async (moment) => {
      const id = "restarted";
      if (!(await place.folders()).includes(id)) await instances().create.mutate({ id, name: id });
      await until(id, "running");
      await killedAt(moment, id, () => instances().restart.mutate({ id }));
      await until(id, "running");
      expect(await traces(id)).toEqual(whole("running"));
      await nothingElseHappened();
    }),
  );
});

describe("the panel is killed while it removes an instance", () => {
  const moments: Moment[] = [2, 30, "container die", "container destroy", "network destroy", 600];
  test.each(sampleOf("remove", moments, 4))(
    "at %s: it is wholly there, or wholly gone",
    tellingSeed(async (moment) => {
      const id = `removed-${moments.indexOf(moment)}`;
      await instances().create.mutate({ id, name: id });
      await until(id, "running");
      await killedAt(moment, id, () => instances().remove.mutate({ id, deleteData: true }));
      if ((await outcome(id, "running")) === "whole")
        await instances().remove.mutate({ id, deleteData: true });
      expect(await traces(id)).toEqual(gone);
      await nothingElseHappened();
    }),
  );
});

test("the panel is killed, and Docker goes on meanwhile: all is seen and mended", async () => {
  for (const id of ["m-killed", "m-removed"]) {
    await instances().create.mutate({ id, name: id });
    await until(id, "running");
  }
  await panel.kill();
  await docker("kill", "openclaw-m-killed");
  await docker("rm", "-f", "openclaw-m-removed");
  panel = await PanelProcess.start(place.env);
  for (const id of ["m-killed", "m-removed"]) {
    await until(id, "running");
    expect(await traces(id)).toEqual(whole("running"));
  }
  await nothingElseHappened();
});
