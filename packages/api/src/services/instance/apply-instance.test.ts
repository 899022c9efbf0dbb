import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { workloadOf } from "@claw/core/compose/workload";
import { LABEL } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { composeProject } from "../../../tests/support/wholeness.ts";
import { systemStatus } from "../system/system-status.ts";
import { applyInstance, deployInstance, writeComposeFile } from "./apply-instance.ts";
import { createInstance } from "./create-instance.ts";
import { removeInstance } from "./remove-instance.ts";
import { restartInstance } from "./restart-instance.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

test("the compose file describes all instances but those on their way out", async () => {
  await using panel = await createTestPanel();
  const phases = ["creating", "ready", "removing", "purging"] as const;
  for (const [number, phase] of phases.entries())
    await panel.context.store.insertInstance(() => specOf({ id: phase, phase }, number));
  await writeComposeFile(panel.context);
  const { services, networks } = await composeProject(panel);
  expect(Object.keys(services)).toEqual(["creating", "ready"]);
  expect(Object.keys(networks)).toEqual(["creating", "ready"]);
});

test("without instances it is still a compose file", async () => {
  await using panel = await createTestPanel();
  await writeComposeFile(panel.context);
  expect(await composeProject(panel)).toMatchObject({ services: {}, networks: {} });
});

test("the container is exactly what the compose file says of it", async () => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() => specOf({ id: "anna" }));
  panel.faults.record();
  await applyInstance(panel.context, spec);
  const deployed = panel.faults.calls.find(({ method }) => method === "engine.deploy");
  expect(deployed?.args).toEqual([workloadOf(await composeProject(panel), "anna")]);
});

describe("a compose file that cannot be written", () => {
  /** A panel in whose compose file's place there is a folder. */
  async function setUp() {
    const panel = await createTestPanel();
    await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
    await panel.until("anna", "running");
    const file = path.join(panel.home, "docker-compose.yml");
    await rm(file);
    await mkdir(file);
    return { panel, file };
  }

  test("keeps no instance from being made, started, restarted or removed", async () => {
    const { panel } = await setUp();
    await using _ = panel;
    await restartInstance(panel.context, "anna");
    await panel.until("anna", "running");
    await stopInstance(panel.context, "anna");
    await startInstance(panel.context, "anna");
    await panel.until("anna", "running");
    await createInstance(panel.context, { id: "ben", name: "Ben", start: true });
    await panel.until("ben", "running");
    await removeInstance(panel.context, { id: "ben", deleteData: true });
    expect(panel.context.runtime.live.board.find("ben")).toBeNull();
  });

  test("is told, once, and written as soon as it can be", async () => {
    const { panel, file } = await setUp();
    await using _ = panel;
    for (let time = 0; time < 2; time++) await restartInstance(panel.context, "anna");
    await panel.until("anna", "running");
    const { composeFile } = await systemStatus(panel.context);
    expect(composeFile.fault).toContain("docker-compose.yml");
    const told = panel.logged.filter((line) => line.includes("could not be written"));
    expect(told).toHaveLength(1);
    await rmdir(file);
    panel.host.advance(1_000);
    await eventually(async () => {
      expect((await systemStatus(panel.context)).composeFile.fault).toBeNull();
      expect(Object.keys((await composeProject(panel)).services)).toEqual(["anna"]);
    });
  });
});

test("applying twice is applying once; a changed spec gives another container", async () => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() => specOf({ id: "anna" }));
  const container = async () => (await panel.engine.list("anna")).get("anna");
  await applyInstance(panel.context, spec);
  const first = await container();
  await applyInstance(panel.context, spec);
  expect((await container())?.containerId).toBe(first?.containerId);
  for (const patch of [{ port: 30_000 }, { image: "openclaw:test" }, { user: "1:1" }])
    await deployInstance(panel.context, { ...spec, ...patch });
  expect((await container())?.specHash).not.toBe(first?.specHash);
});

test("names, wishes and times are no reason for another container", async () => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() => specOf({ id: "anna" }));
  await applyInstance(panel.context, spec);
  const [first] = (await panel.engine.list()).values();
  const renamed = { ...spec, name: "x", desired: "stopped", updatedAt: "2027" } as const;
  await deployInstance(panel.context, renamed);
  const [second] = (await panel.engine.list()).values();
  expect(second).toEqual(first);
});

test("the panel's home is the Docker host's, when that sees it elsewhere", async () => {
  await using panel = await createTestPanel({ config: { hostHome: "C:\\claw 家" } });
  const spec = await panel.context.store.insertInstance(() => specOf({ id: "anna" }));
  panel.faults.onNext("engine.deploy", ({ args }) => {
    expect(args[0]).toMatchObject({
      labels: { [LABEL.home]: "C:\\claw 家" },
      mounts: [
        { source: { storage: "instances/anna/data" } },
        { source: { storage: "instances/anna/logs" } },
      ],
    });
  });
  // The engine in memory serves the home that the panel sees.
  await rejects(applyInstance(panel.context, spec), "TEMPLATE_INVALID");
  const file = await readFile(path.join(panel.home, "docker-compose.yml"), "utf8");
  expect(file).toContain("C:\\\\claw 家");
});
