import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import type { InstanceStatus } from "@claw/core/instance";
import { loopbackOrigins } from "@claw/core/instance-address";
import { readToken } from "@claw/core/openclaw-config";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, TEST_IMAGE, type TestPanel } from "../../../tests/support/test-app.ts";
import { composeProject, expectGone, expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "./create-instance.ts";
import { removeInstance } from "./remove-instance.ts";

const anna = { id: "anna", name: "Anna", start: true };
const ben = { id: "ben", name: "Ben", start: true };

const configOf = async (panel: TestPanel, id = "anna") =>
  (await panel.context.disk.storage.readConfig(id)) ?? "";

describe("a new instance", () => {
  test("has everything that it needs, and comes up", async () => {
    await using panel = await createTestPanel();
    const made = await createInstance(panel.context, anna);
    expect(made).toMatchObject({
      id: "anna",
      name: "Anna",
      port: 20_000,
      desired: "running",
      image: TEST_IMAGE,
      url: "http://127.0.0.1:20000/",
    });
    expect(["starting", "running"]).toContain(made.status);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    const { services, networks } = await composeProject(panel);
    expect(Object.keys(services)).toEqual(["anna"]);
    expect(networks.anna?.ipam.config).toEqual([{ subnet: "10.99.0.0/29", gateway: "10.99.0.1" }]);
  });

  test("is made and not started when that is asked for", async () => {
    await using panel = await createTestPanel();
    const made = await createInstance(panel.context, { ...anna, start: false });
    expect(made).toMatchObject({ status: "created", desired: "stopped", startedAt: null });
    await expectWhole(panel, "anna");
    expect((await panel.engine.list("anna")).get("anna")?.state).toBe("created");
  });

  test("has a token of its own, which nobody is told", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, anna);
    await createInstance(panel.context, ben);
    const tokens = [readToken(await configOf(panel)), readToken(await configOf(panel, "ben"))];
    expect(new Set(tokens).size).toBe(2);
    const told = JSON.stringify(panel.context.runtime.live.board.list()) + panel.logged.join("");
    for (const token of tokens) expect(told).not.toContain(token);
  });

  test("runs as the user with whom it shares its files", async () => {
    await using panel = await createTestPanel();
    panel.host.containerUser = "1001:1002";
    await createInstance(panel.context, anna);
    expect((await composeProject(panel)).services.anna?.user).toBe("1001:1002");
  });
});

describe("the port", () => {
  test("is the lowest that no instance, no container and no listener has", async () => {
    await using panel = await createTestPanel();
    panel.engine.addForeign("web", 20_000);
    panel.engine.addForeign("stopped", 20_001, false);
    panel.engine.machine.busyPorts.add(20_003);
    const ports = [];
    for (const id of ["a", "b", "c"])
      ports.push((await createInstance(panel.context, { id, name: id, start: false })).port);
    expect(ports).toEqual([20_002, 20_004, 20_005]);
  });

  test("may be chosen", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, { ...anna, port: 31_000 });
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect(panel.context.runtime.live.board.get("anna").port).toBe(31_000);
  });

  test.each([
    [
      "another container",
      (panel: TestPanel) => panel.engine.addForeign("web", 31_000),
      /container web/,
    ],
    [
      "another container that does not run",
      (panel: TestPanel) => panel.engine.addForeign("web", 31_000, false),
      /container web/,
    ],
    [
      "a listener on the host",
      (panel: TestPanel) => void panel.engine.machine.busyPorts.add(31_000),
      /another program/,
    ],
    [
      "another instance",
      (panel: TestPanel) => createInstance(panel.context, { ...ben, port: 31_000 }),
      /container openclaw-ben/,
    ],
  ])("is refused when it is taken by %s", async (_, take, message) => {
    await using panel = await createTestPanel();
    await take(panel);
    const creation = createInstance(panel.context, { ...anna, port: 31_000 });
    const error = await rejects(creation, "PORT_TAKEN");
    expect(error.message).toMatch(message);
    await expectGone(panel, "anna");
  });

  test("is refused when another instance has it whose container is gone", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, { ...ben, port: 31_000 });
    panel.engine.removeOutside("ben");
    await rejects(createInstance(panel.context, { ...anna, port: 31_000 }), "PORT_TAKEN");
    await expectGone(panel, "anna");
  });

  test("is refused when none is left", async () => {
    await using panel = await createTestPanel({ config: { basePort: 65_534 } });
    await createInstance(panel.context, { ...ben, start: false });
    panel.engine.machine.busyPorts.add(65_535);
    const error = await rejects(createInstance(panel.context, anna), "PORTS_EXHAUSTED");
    expect(error.message).toContain("CLAW_BASE_PORT");
    await expectGone(panel, "anna");
  });

  test("is another one when it is taken between allocation and start; everything follows", async () => {
    await using panel = await createTestPanel();
    panel.faults.onNext("engine.start", () => panel.engine.addForeign("thief", 20_000));
    const made = await createInstance(panel.context, anna);
    expect(made.port).toBe(20_001);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    const config = await configOf(panel);
    for (const origin of loopbackOrigins(20_001)) expect(config).toContain(origin);
    for (const origin of loopbackOrigins(20_000)) expect(config).not.toContain(origin);
    expect(config).toContain("// 容器内端口");
  });

  test("is another one as often as somebody is faster, up to a limit", async () => {
    await using panel = await createTestPanel();
    for (const port of [20_000, 20_001, 20_002])
      panel.faults.onNext("engine.start", () => panel.engine.addForeign(`thief-${port}`, port));
    expect((await createInstance(panel.context, anna)).port).toBe(20_003);

    for (let port = 20_004; port < 20_020; port++)
      panel.faults.onNext("engine.start", () => panel.engine.addForeign(`thief-${port}`, port));
    await rejects(createInstance(panel.context, ben), "PORT_TAKEN");
    await expectGone(panel, "ben");
  });

  test("that was chosen is not exchanged when it is taken before the start", async () => {
    await using panel = await createTestPanel();
    panel.faults.onNext("engine.start", () => panel.engine.addForeign("thief", 31_000));
    await rejects(createInstance(panel.context, { ...anna, port: 31_000 }), "PORT_TAKEN");
    await expectGone(panel, "anna");
  });
});

describe("twenty at once", () => {
  test("get twenty ports and networks, and come up two at a time", async () => {
    await using panel = await createTestPanel();
    const { board } = panel.context.runtime.live;
    let most = 0;
    const watching = new AbortController();
    const watch = (async () => {
      for await (const _ of board.watch(watching.signal)) {
        const containers = [...(await panel.engine.list()).values()];
        const starting = containers.filter(
          ({ state, health }) => state === "running" && health === "starting",
        );
        most = Math.max(most, starting.length);
      }
    })();
    const ids = Array.from({ length: 20 }, (_, number) => `i${number}`);
    const made = await Promise.all(
      ids.map((id) => createInstance(panel.context, { id, name: id, start: true })),
    );
    expect(new Set(made.map(({ port }) => port)).size).toBe(20);
    for (const id of ids) await panel.until(id, "running", 15_000);
    watching.abort();
    await watch;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
    for (const id of ids) await expectWhole(panel, id);
    const specs = await panel.context.store.listInstances();
    expect(new Set(specs.map(({ subnet }) => subnet)).size).toBe(20);
    expect(Object.keys((await composeProject(panel)).services).sort()).toEqual(ids.sort());
    expect((await panel.engine.list()).size).toBe(20);
    expect(panel.context.runtime.live.observer.orphans()).toEqual([]);
  });

  test("of the same id are one", async () => {
    await using panel = await createTestPanel();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => createInstance(panel.context, anna)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect((outcome.reason as DomainError).reason).toBe("INSTANCE_EXISTS");
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect((await panel.engine.list()).size).toBe(1);
  });

  test("of one port are one", async () => {
    await using panel = await createTestPanel();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) =>
        createInstance(panel.context, { id: `i${n}`, name: "x", start: true, port: 31_000 }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await panel.context.store.listInstances()).toHaveLength(1);
    expect((await panel.engine.list()).size).toBe(1);
  });
});

describe("what is there already", () => {
  test("an instance of this id is an error, and stays as it is", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
    const before = await configOf(panel);
    const again = createInstance(panel.context, { ...anna, name: "Another", port: 31_000 });
    const error = await rejects(again, "INSTANCE_EXISTS");
    expect(error.message).toContain("anna");
    expect(await configOf(panel)).toBe(before);
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
      name: "Anna",
      status: "running",
    });
    await expectWhole(panel, "anna");
  });

  test("an instance of this id that is busy is the same error", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
    await panel.context.runtime.live.locks.exclusive("anna", "saving", async () => {
      await rejects(createInstance(panel.context, anna), "INSTANCE_EXISTS");
    });
  });

  test("a container of that name that is not ours is an error, and stays untouched", async () => {
    await using panel = await createTestPanel();
    panel.engine.addForeign("openclaw-anna", 8_080);
    const error = await rejects(createInstance(panel.context, anna), "CONTAINER_CLASH");
    expect(error.message).toContain("openclaw-anna");
    await expectGone(panel, "anna");
    expect(panel.engine.survey().foreign).toEqual(new Set(["openclaw-anna"]));
    panel.engine.removeForeign("openclaw-anna");
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
  });

  test("data that was kept is taken up again, with token, comments and all", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
    const mine = (await configOf(panel)).replace("channels: {},", "channels: {}, // mine");
    await panel.context.disk.storage.writeConfig("anna", mine);
    await removeInstance(panel.context, { id: "anna", deleteData: false });
    await expectGone(panel, "anna", { dataKept: true });

    await createInstance(panel.context, { ...anna, port: 31_000 });
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    const config = await configOf(panel);
    expect(readToken(config)).toBe(readToken(mine));
    expect(config).toContain("// mine");
  });

  test("data that was kept survives when the creation over it fails", async () => {
    await using panel = await createTestPanel();
    const data = path.join(panel.home, "instances", "anna", "data");
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, "memory.sqlite"), "precious");
    panel.faults.failNext("engine.deploy", new DomainError("ENGINE_FAILED", "no"));
    await rejects(createInstance(panel.context, anna), "ENGINE_FAILED");
    await expectGone(panel, "anna", { dataKept: true });
  });

  test("a configuration that is broken is left to its owner", async () => {
    await using panel = await createTestPanel();
    const data = path.join(panel.home, "instances", "anna", "data");
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, "openclaw.json"), "{ broken");
    await createInstance(panel.context, anna);
    expect(await configOf(panel)).toBe("{ broken");
    await panel.until("anna", "error");
  });
});

describe("without the image", () => {
  test("it is refused with what to do", async () => {
    await using panel = await createTestPanel({ config: { image: "openclaw:none" } });
    // The panel itself tries once, and no registry answers.
    await eventually(() => expect(panel.context.runtime.jobs.running("image")).toBeNull());
    const error = await rejects(createInstance(panel.context, anna), "IMAGE_MISSING");
    expect(error.message).toMatch(/openclaw:none.*System page/);
    await expectGone(panel, "anna");
  });

  test("it is refused with how far the job is that gets it", async () => {
    await using panel = await createTestPanel({ config: { image: "openclaw:none" } });
    await eventually(() => expect(panel.context.runtime.jobs.running("image")).toBeNull());
    const work = Promise.withResolvers<void>();
    const job = await panel.context.runtime.jobs.begin({
      kind: "image",
      instanceId: null,
      work: async ({ report }) => {
        report(0.42, "image.pull");
        await work.promise;
        return null;
      },
    });
    const error = await rejects(createInstance(panel.context, anna), "IMAGE_MISSING");
    expect(error.message).toContain("is being fetched (42 %)");
    work.resolve();
    await panel.context.runtime.jobs.finished(job.id);
  });
});

describe("when it fails, nothing of it is left:", () => {
  const failures: [string, string, DomainError][] = [
    ["choosing a port", "engine.addresses.allocatePort", new DomainError("ENGINE_FAILED", "no")],
    [
      "choosing a network",
      "engine.addresses.allocateSubnet",
      new DomainError("ENGINE_FAILED", "no"),
    ],
    ["storing the spec", "store.insertInstance", new DomainError("DISK_FULL", "full")],
    ["making folders", "storage.createInstance", new DomainError("FILES_DENIED", "no")],
    ["reading the template", "files.readTemplate", new DomainError("FILES_DENIED", "no")],
    ["writing the configuration", "storage.writeConfig", new DomainError("DISK_FULL", "full")],
    ["making the container", "engine.deploy", new DomainError("SUBNETS_EXHAUSTED", "no")],
    ["storing that it is ready", "store.updateInstance", new DomainError("DISK_FULL", "full")],
    ["starting", "engine.start", new DomainError("ENGINE_FAILED", "no")],
  ];
  test.each(failures)("%s", async (_, method, failure) => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, ben);
    await panel.until("ben", "running");
    panel.faults.failNext(method, failure);
    await expect(createInstance(panel.context, anna)).rejects.toBe(failure);
    await expectGone(panel, "anna");
    await expectWhole(panel, "ben");
    // And the next try works.
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("a template that somebody broke", async () => {
    await using templates = await createTestPanel();
    const folder = path.join(templates.home, "templates");
    await mkdir(folder);
    await writeFile(path.join(folder, "openclaw.template.json5"), "{ token: {{ token }");
    await writeFile(
      path.join(folder, "docker-compose.template.yml"),
      "name: x\nservices: {}\nnetworks: {}\n",
    );
    await using panel = await createTestPanel({ config: { templates: folder } });
    const error = await rejects(createInstance(panel.context, anna), "TEMPLATE_INVALID");
    expect(error.message).toContain("openclaw.template.json5");
    await expectGone(panel, "anna");
  });

  test("a disk folder that is not writable", async () => {
    await using panel = await createTestPanel();
    const instances = path.join(panel.home, "instances");
    await rm(instances, { recursive: true });
    await writeFile(instances, "");
    await rejects(createInstance(panel.context, anna), "FILES_DENIED");
    expect(await panel.context.store.listInstances()).toEqual([]);
    expect(panel.context.runtime.live.board.list()).toEqual([]);
    expect((await panel.engine.list()).size).toBe(0);
  });

  test("a pool without networks", async () => {
    await using panel = await createTestPanel({ config: { subnetPool: "10.99.0.0/29" } });
    await createInstance(panel.context, ben);
    const error = await rejects(createInstance(panel.context, anna), "SUBNETS_EXHAUSTED");
    expect(error.message).toContain("CLAW_SUBNET_POOL");
    await expectGone(panel, "anna");
  });
});

describe("when the engine is away", () => {
  test("nothing is begun", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, ben);
    await panel.until("ben", "running");
    panel.engine.setReachable(false);
    await rejects(createInstance(panel.context, anna), "ENGINE_UNREACHABLE");
    await rejects(createInstance(panel.context, { ...anna, port: 31_000 }), "ENGINE_UNREACHABLE");
    panel.engine.setReachable(true);
    await expectGone(panel, "anna");
    await panel.until("ben", "running");
  });

  test.each([
    "engine.addresses.allocatePort",
    "engine.addresses.allocateSubnet",
    "engine.deploy",
    "engine.start",
  ])("from its call of %s on, nothing is left when it is back", async (method) => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, ben);
    await panel.until("ben", "running");
    panel.faults.onNext(method, () => panel.engine.setReachable(false));
    await rejects(createInstance(panel.context, anna), "ENGINE_UNREACHABLE");
    await panel.until("ben", "unknown" satisfies InstanceStatus);
    panel.engine.setReachable(true);
    await panel.until("ben", "running");
    await eventually(() => expectGone(panel, "anna"));
    await expectWhole(panel, "ben");
  });

  test.each([
    "engine.deploy",
    "engine.start",
  ])("right after %s was done, nothing is left when it is back", async (method) => {
    await using panel = await createTestPanel();
    panel.faults.onNext(
      method,
      () => {
        panel.engine.setReachable(false);
        throw new DomainError("ENGINE_UNREACHABLE", "the answer was lost");
      },
      "after",
    );
    await rejects(createInstance(panel.context, anna), "ENGINE_UNREACHABLE");
    panel.engine.setReachable(true);
    await eventually(() => expectGone(panel, "anna"));
  });
});
