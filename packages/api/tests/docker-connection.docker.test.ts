import { afterAll, beforeAll, expect, test } from "vitest";
import { CuttableProxy } from "./support/cuttable-proxy.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerEvents } from "./support/docker-events.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

let place: DockerHome;
let proxy: CuttableProxy;
let panel: PanelProcess;

beforeAll(async () => {
  place = await DockerHome.make(23_500, "10.218.3.0/24");
  proxy = new CuttableProxy(`${place.home}.sock`);
  await proxy.open();
  panel = await PanelProcess.start({ ...place.env, DOCKER_HOST: `unix://${proxy.path}` });
  for (const id of ["anna", "ben"]) await panel.client.instances.create.mutate({ id, name: id });
  await shows({ anna: "running", ben: "running" }, 30_000);
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await proxy?.close();
  await place?.[Symbol.asyncDispose]();
});

const statuses = async () =>
  Object.fromEntries(
    (await panel.client.instances.list.query()).map(({ id, status }) => [id, status]),
  );

const shows = (expected: Record<string, string>, withinMs: number) =>
  eventually(async () => expect(await statuses()).toEqual(expected), withinMs);

const reason = (call: Promise<unknown>) =>
  call.then(
    () => "it was done",
    (error) => error.data?.reason,
  );

test("when the connection is lost nothing is claimed, and all is right again by itself", async () => {
  for (let time = 0; time < 3; time++) {
    await proxy.close();
    await shows({ anna: "unknown", ben: "unknown" }, 2_000);
    const { engine } = await panel.client.system.status.query();
    expect(engine).toMatchObject({ reachable: false, error: expect.stringContaining("Docker") });
    await proxy.open();
    await shows({ anna: "running", ben: "running" }, 3_000);
  }
});

test("what happened meanwhile is seen, and what should run runs again", async () => {
  await proxy.close();
  await shows({ anna: "unknown", ben: "unknown" }, 2_000);
  await docker("kill", "openclaw-anna");
  await proxy.open();
  await shows({ anna: "running", ben: "running" }, 20_000);
  expect((await place.inspect("anna")).State.Running).toBe(true);
});

test("nothing is begun while Docker is away", async () => {
  await proxy.close();
  await shows({ anna: "unknown", ben: "unknown" }, 2_000);
  const { instances } = panel.client;
  const calls = [
    () => instances.create.mutate({ id: "carl", name: "Carl" }),
    () => instances.start.mutate({ id: "anna" }),
    () => instances.stop.mutate({ id: "anna" }),
    () => instances.restart.mutate({ id: "anna" }),
    () => instances.remove.mutate({ id: "anna", deleteData: true }),
  ];
  for (const call of calls) expect(await reason(call())).toBe("ENGINE_UNREACHABLE");
  expect((await place.folders()).sort()).toEqual(["anna", "ben"]);
  await proxy.open();
  await shows({ anna: "running", ben: "running" }, 3_000);
  expect(await place.containers()).toEqual(["anna", "ben"]);
});

test.each([
  "network create",
  "container create",
  "container start",
] as const)("a creation whose connection is lost at %s leaves nothing half-made", async (moment) => {
  const id = "carl";
  await using events = await DockerEvents.open(`openclaw-${id}`);
  const creation = reason(panel.client.instances.create.mutate({ id, name: id }));
  await events.until(moment);
  await proxy.close();
  const end = await creation;
  await proxy.open();
  if (end === "ENGINE_UNREACHABLE") {
    // A cut this short may pass before anybody looks: then both are shown as running all along.
    await eventually(async () => {
      expect(await place.containers()).toEqual(["anna", "ben"]);
      expect(await place.networks()).toEqual(["openclaw-anna", "openclaw-ben"]);
      expect((await place.folders()).sort()).toEqual(["anna", "ben"]);
    }, 20_000);
    await shows({ anna: "running", ben: "running" }, 20_000);
    return;
  }
  // It was done before the cut came through.
  expect(end).toBe("it was done");
  await shows({ anna: "running", ben: "running", carl: "running" }, 20_000);
  await panel.client.instances.remove.mutate({ id, deleteData: true });
});

test("a viewer of a log is given what was written meanwhile, once", async () => {
  const seen: string[] = [];
  const subscription = panel.client.instances.logs.subscribe(
    { id: "ben", tail: 0 },
    { onData: ({ data }) => seen.push(...data.lines.map(({ text }) => text)) },
  );
  const write = (text: string) =>
    docker("exec", "openclaw-ben", "sh", "-c", 'echo "$1" >/proc/1/fd/1', "sh", text);
  const marks = () => seen.filter((text) => text.startsWith("mark"));
  await eventually(async () => {
    await write("mark begun");
    expect(seen).toContain("mark begun");
  });
  const before = marks().length;
  await write("mark 1");
  await proxy.close();
  await write("mark 2");
  await shows({ anna: "unknown", ben: "unknown" }, 2_000);
  await write("mark 3");
  await proxy.open();
  await write("mark 4");
  await eventually(() => expect(seen).toContain("mark 4"), 10_000);
  expect(marks().slice(before)).toEqual(["mark 1", "mark 2", "mark 3", "mark 4"]);
  subscription.unsubscribe();
});

test("a Docker that hangs is noticed, too", { timeout: 60_000 }, async () => {
  proxy.freeze();
  await shows({ anna: "unknown", ben: "unknown" }, 25_000);
  await proxy.close();
  await proxy.open();
  await shows({ anna: "running", ben: "running" }, 20_000);
});
