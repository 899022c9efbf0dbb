import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { containerName } from "@claw/core/naming";
import { ProjectMaker } from "../../../tests/support/engine-project.ts";
import type { EngineHarness } from "../contract/engine-rig.contract.ts";
import { describeEngine } from "../engine.contract.ts";
import { MemoryEngine } from "./memory-engine.ts";

const IMAGE = "openclaw:memory";

describeEngine("memory", async (): Promise<EngineHarness> => {
  const home = await mkdtemp(path.join(tmpdir(), "claw-test-"));
  const engine = new MemoryEngine({ home, images: [IMAGE], startDelayMs: 50, restartDelayMs: 10 });
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
});
