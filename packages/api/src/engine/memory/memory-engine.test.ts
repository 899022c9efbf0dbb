import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { containerName } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { ENGINE_RANGES, ProjectMaker } from "../../../tests/support/engine-project.ts";
import { describeCapabilities } from "../contract/capabilities.contract.ts";
import { type EngineHarness, useEngine } from "../contract/engine-rig.contract.ts";
import { describeEngine } from "../engine.contract.ts";
import { MemoryEngine, type MemoryEngineOptions } from "./memory-engine.ts";

const IMAGE = "openclaw:memory";

async function makeHarness(options: Partial<MemoryEngineOptions> = {}): Promise<EngineHarness> {
  const home = await mkdtemp(path.join(tmpdir(), "claw-test-"));
  const timing = { startDelayMs: 50, restartDelayMs: 10 };
  const engine = new MemoryEngine({
    home,
    ranges: ENGINE_RANGES,
    images: [IMAGE],
    ...timing,
    ...options,
  });
  const projects = new ProjectMaker({ home, image: IMAGE, engine });
  return {
    engine,
    image: IMAGE,
    workload: (id, spec) => projects.workload(id, spec),
    writeConfig: (id, text) => projects.writeConfig(id, text),
    startForeign: async (name, port) => engine.addForeign(name, port),
    removeForeign: async (name) => engine.removeForeign(name),
    startOtherHome: async (id) => engine.addForeign(containerName(id)),
    listen: async (port) => {
      engine.machine.busyPorts.add(port);
      return { [Symbol.asyncDispose]: async () => void engine.machine.busyPorts.delete(port) };
    },
    addNetwork: async (name, subnet) => {
      engine.machine.networks.set(name, subnet);
      return { [Symbol.asyncDispose]: async () => void engine.machine.networks.delete(name) };
    },
    subnetOf: async (id) => engine.survey().networks.get(containerName(id)) ?? null,
    exists: async (name) => {
      const { ports, foreign } = engine.survey();
      return foreign.has(name) || [...ports.values()].includes(name);
    },
    killOutside: async (id) => engine.killOutside(id, 137),
    removeOutside: async (id) => engine.removeOutside(id),
    write: async (id, stream, text) => engine.write(id, stream, text),
    cut: async () => engine.setReachable(false),
    mend: async () => engine.setReachable(true),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await rm(home, { recursive: true });
    },
  };
}

describeEngine("memory", () => makeHarness());

test("asks no further than to the first free port", async () => {
  const engine = new MemoryEngine({ home: "/srv/claw", ranges: ENGINE_RANGES });
  for (const port of [26_000, 26_001]) engine.machine.busyPorts.add(port);
  expect(await engine.addresses.allocatePort([26_002])).toBe(26_003);
  expect(engine.machine.askedPorts).toEqual([26_000, 26_001, 26_003]);
});

test("leaves out what a route of its machine leads to", async () => {
  const engine = new MemoryEngine({ home: "/srv/claw", ranges: ENGINE_RANGES });
  engine.machine.routes.push({ network: "10.216.0.0/23", via: "tun0" });
  expect(await engine.addresses.allocateSubnet([])).toBe("10.216.2.0/29");
});

describe("an engine that neither runs programs nor measures", () => {
  describeCapabilities(
    useEngine(() => makeHarness({ capabilities: { exec: false, oneOff: false, stats: false } })),
  );
});
