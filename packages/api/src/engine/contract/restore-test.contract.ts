import { restoreTestProject } from "@claw/core/compose/restore-test";
import type { InstanceId } from "@claw/core/instance";
import { containerName, restoreTestId } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { CONFIG, type EngineRig } from "./engine-rig.contract.ts";

/** The container of a restore test. */
export function describeRestoreTests(rig: EngineRig): void {
  const { now, seen } = rig;

  describe("a restore test", () => {
    const restoreTestOf = async (id: InstanceId) =>
      restoreTestProject(await rig.harness.project(id), id, `instances/${id}`);

    test("runs and answers its own health check, with no network and no port", async () => {
      const id = restoreTestId("c0ffee01");
      await rig.harness.writeConfig(id, CONFIG);
      const before = (await rig.engine.survey()).subnets.length;
      await rig.engine.deploy(await restoreTestOf(id), id);
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
      const id = restoreTestId("c0ffee02");
      await rig.harness.writeConfig(id, "{ /* STUB_INVALID */ }");
      await rig.engine.deploy(await restoreTestOf(id), id);
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
