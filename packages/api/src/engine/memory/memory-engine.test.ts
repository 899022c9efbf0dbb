import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { containerName } from "@claw/core/naming";
import { describe } from "vitest";
import { ProjectMaker } from "../../../tests/support/engine-project.ts";
import { describeCapabilities } from "../contract/capabilities.contract.ts";
import { type EngineHarness, useEngine } from "../contract/engine-rig.contract.ts";
import { describeEngine } from "../engine.contract.ts";
import { MemoryEngine, type MemoryEngineOptions } from "./memory-engine.ts";

const IMAGE = "openclaw:memory";

async function makeHarness(options: Partial<MemoryEngineOptions> = {}): Promise<EngineHarness> {
  const home = await mkdtemp(path.join(tmpdir(), "claw-test-"));
  const timing = { startDelayMs: 50, restartDelayMs: 10 };
  const engine = new MemoryEngine({ home, images: [IMAGE], ...timing, ...options });
  const projects = new ProjectMaker({
    home,
    image: IMAGE,
    takenSubnets: async () => (await engine.survey()).subnets,
  });
  return {
    engine,
    image: IMAGE,
    project: (id, spec) => projects.project(id, spec),
    writeConfig: (id, text) => projects.writeConfig(id, text),
    startForeign: async (name, port) => engine.addForeign(name, port),
    removeForeign: async (name) => engine.removeForeign(name),
    startOtherHome: async (id) => engine.addForeign(containerName(id)),
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

describe("an engine that neither runs programs nor measures", () => {
  describeCapabilities(
    useEngine(() => makeHarness({ capabilities: { exec: false, stats: false } })),
  );
});
