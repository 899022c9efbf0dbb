import { trialProject } from "@claw/core/compose/trial";
import type { InstanceId } from "@claw/core/instance";
import { containerName, trialId } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { CONFIG, type EngineRig } from "./engine-rig.contract.ts";

/** A container that is tried out. */
export function describeTrials(rig: EngineRig): void {
  const { now, seen } = rig;

  describe("a trial", () => {
    const trialOf = async (id: InstanceId) =>
      trialProject(await rig.harness.project(id), id, `instances/${id}`);

    test("runs and answers its own health check, with no network and no port", async () => {
      const id = trialId("c0ffee01");
      await rig.harness.writeConfig(id, CONFIG);
      const before = (await rig.engine.survey()).subnets.length;
      await rig.engine.deploy(await trialOf(id), id);
      await rig.engine.start(id);
      await seen(id, (each) => each?.health === "healthy");
      expect((await rig.engine.list()).has(id)).toBe(true);
      const { ports, subnets } = await rig.engine.survey();
      expect([...ports.values()]).not.toContain(containerName(id));
      expect(subnets.length).toBe(before);
      await rig.engine.stop(id);
      await rig.engine.remove(id);
      expect(await now(id)).toBeNull();
    });

    test("that ends is not started again", async () => {
      const id = trialId("c0ffee02");
      await rig.harness.writeConfig(id, "{ /* STUB_INVALID */ }");
      await rig.engine.deploy(await trialOf(id), id);
      const ended = await seen(
        id,
        (each) => each?.state === "exited",
        async (event) => {
          if (event.type === "connected") await rig.engine.start(id);
        },
      );
      expect(ended).toMatchObject({ exitCode: 78, restartCount: 0 });
      await rig.engine.remove(id);
      expect(await now(id)).toBeNull();
    });
  });
}
